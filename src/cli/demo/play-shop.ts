/**
 * Plays four weeks of the demo shop through the API, day by day. Within a day everything happens at once, as in a
 * shop: orders come in, deliveries are received, and the people in the shop ship, cancel, move orders forward and
 * lift holds of the days before. A day ends when all that waits has been offered the stock of the day.
 */
import type { AnswerOf } from '../../contract/operations.ts';
import { type DemoProduct, makeAssortment } from './assortment.ts';
import { inFlight } from './in-flight.ts';
import type { Chance } from './random.ts';
import { OPENING, type Run, receive } from './run.ts';
import { settled } from './settled.ts';
import { WAREHOUSES } from './shop.ts';
import type { OrderBody, ShopPlan } from './shop-plan.ts';

const ORDERS_IN_FLIGHT = 16;
const ACTS_IN_FLIGHT = 6;
const MAKING_IN_FLIGHT = 8;
const PAGE = 200;
/** Pick lists may begin with what cannot ship yet: so many pages are looked through. */
const PAGES_OF_A_PICK_LIST = 4;
const SHIPPED_PER_DAY_AND_WAREHOUSE = 16;
const CANCELLED_SHARE = 0.03;
const PART_CANCELLED_SHARE = 0.3;
const LIFTED_SHARE = 0.5;
const URGENT = 10;

type OpenAllocation = AnswerOf<'listAllocations'>['rows'][number];

/** An accepted order that people may still act on. */
interface Known {
  readonly id: number;
  readonly number: string;
  readonly onHold: boolean;
  /** Line and units of the first item. */
  readonly first: { readonly line: number; readonly units: number };
}

interface Cancellation {
  readonly order: Known;
  readonly wholly: boolean;
}

/** Makes the products that are missing, with their policies. */
export async function makeProducts(run: Pick<Run, 'client' | 'progress'>, chance: Chance, now: number) {
  const { client, progress } = run;
  const products = makeAssortment(chance, now);
  const there = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.must('listProducts', {
      query: cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor },
    });
    for (const { sku } of page.rows) there.add(sku);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  async function make({ sku, body, channelPolicies }: DemoProduct): Promise<void> {
    if (!there.has(sku)) {
      await client.must('putProduct', { params: { sku }, body });
      for (const { channel, policy } of channelPolicies) {
        await client.must('putChannelPolicy', { params: { sku, channel }, body: policy });
      }
    }
    progress.advance();
  }
  await inFlight(products, MAKING_IN_FLIGHT, make);
  return products;
}

async function place(run: Run, order: OrderBody, known: Known[]): Promise<void> {
  const body = { ...order, number: `${run.prefix}${order.number}` };
  const answer = await run.client.call('placeOrder', { body });
  if (answer.ok) {
    const { id, items } = answer.value;
    run.tally.accept(answer.value, Date.parse(order.placedAt ?? answer.value.acceptedAt), answer.repeated);
    const [item] = items;
    const first = { line: item?.line ?? 1, units: item?.quantities.ordered ?? 1 };
    known.push({ id, number: order.number, onHold: typeof order.hold === 'string', first });
  } else {
    const { code, detail } = answer.problem;
    if (answer.status >= 500 || code === 'invalid_request')
      throw new Error(`an order failed: ${code}: ${detail}`);
    run.tally.refuse({ code, details: answer.problem });
  }
  run.progress.advance();
}

/** Cancels an order, or one unit of its first item. */
async function cancelSome(run: Run, { order, wholly }: Cancellation, at: number): Promise<void> {
  run.tally.actAt(`cancel/${order.id}`, at);
  const part = [{ line: order.first.line, units: 1 }];
  const reason = wholly ? 'the customer cancelled' : 'the customer wants one less';
  const answer = await run.client.call('cancelOrder', {
    params: { orderId: order.id },
    body: wholly ? { reason } : { reason, items: part },
  });
  if (!answer.ok) return; // all of it has shipped
  run.acts.ordersCancelled++;
  run.acts.unitsCancelled += answer.value.items.reduce(
    (sum, { quantities }) => sum + quantities.cancelled,
    0,
  );
}

async function liftHold(run: Run, order: Known, at: number): Promise<void> {
  run.tally.actAt(`lift/${order.id}`, at);
  const answer = await run.client.call('liftHold', { params: { orderId: order.id } });
  if (answer.ok) run.acts.holdsLifted++;
}

/** Someone in the shop moves the last in line of a product forward. */
async function moveForward(run: Run, sku: string, at: number): Promise<void> {
  const { rows } = await run.client.must('listWaiting', { query: { sku, limit: PAGE } });
  const last = rows.at(-1);
  if (rows.length < 2 || last === undefined || last.priority > 0) return;
  run.tally.actAt(`priority/${last.orderId}`, at);
  await run.client.must('prioritizeOrder', { params: { orderId: last.orderId }, body: { priority: URGENT } });
  run.acts.prioritized++;
}

/** What a warehouse may ship now, by order, the oldest first. */
async function pickList(run: Run, warehouse: string): Promise<Map<number, OpenAllocation[]>> {
  const orders = new Map<number, OpenAllocation[]>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_OF_A_PICK_LIST; page++) {
    const query = cursor === undefined ? { warehouse, limit: PAGE } : { warehouse, limit: PAGE, cursor };
    const { rows, nextCursor } = await run.client.must('listAllocations', { query });
    for (const row of rows.filter(({ shippable }) => shippable)) {
      const known = orders.get(row.orderId);
      if (known !== undefined) known.push(row);
      else if (orders.size < SHIPPED_PER_DAY_AND_WAREHOUSE) orders.set(row.orderId, [row]);
      else return orders;
    }
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return orders;
}

async function ship(run: Run, warehouse: string, at: number): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10);
  for (const [orderId, rows] of await pickList(run, warehouse)) {
    const items = rows.map(({ line, open }) => ({ line, units: open }));
    const reference = `${run.prefix}ship-${day}-${warehouse}-${orderId}`;
    const answer = await run.client.call('shipItems', {
      params: { orderId },
      body: { reference, warehouse, items },
    });
    if (!answer.ok) continue; // somebody changed the order meanwhile: it stays on the list
    run.acts.shipments++;
    run.acts.unitsShipped += items.reduce((sum, { units }) => sum + units, 0);
  }
}

interface DayActs {
  readonly cancelled: readonly Cancellation[];
  readonly lifted: readonly Known[];
  readonly movedForward: readonly string[];
}

/** Chooses what people do to the orders of the day before. */
function chooseActs(yesterday: readonly Known[], products: readonly DemoProduct[], chance: Chance): DayActs {
  const soldOut = products.filter(({ selling }) => selling === 'sold_out');
  const chosen = yesterday.filter(() => chance.happens(CANCELLED_SHARE));
  return {
    cancelled: chosen.map((order) => ({ order, wholly: !chance.happens(PART_CANCELLED_SHARE) })),
    lifted: yesterday.filter(({ onHold }) => onHold && chance.happens(LIFTED_SHARE)),
    movedForward: soldOut.length === 0 ? [] : [chance.pick(soldOut).sku],
  };
}

/** @param at when they count as done */
async function act(run: Run, acts: DayActs, at: number): Promise<void> {
  await inFlight(acts.cancelled, ACTS_IN_FLIGHT, (each) => cancelSome(run, each, at));
  await inFlight(acts.lifted, ACTS_IN_FLIGHT, (order) => liftHold(run, order, at));
  for (const sku of acts.movedForward) await moveForward(run, sku, at);
  await inFlight(WAREHOUSES, ACTS_IN_FLIGHT, ({ code }) => ship(run, code, at));
}

/** @param chance chooses what people do to orders */
export async function playShop(
  run: Run,
  { plan, products }: { readonly plan: ShopPlan; readonly products: readonly DemoProduct[] },
  chance: Chance,
): Promise<void> {
  const opening = { name: OPENING, at: plan.days[0]?.closesAt ?? 0 };
  for (const delivery of plan.opening) await receive(run, opening, delivery);
  await settled(run.address);
  let yesterday: Known[] = [];
  for (const [index, day] of plan.days.entries()) {
    run.progress.note(`day ${index + 1} of ${plan.days.length}`);
    const today: Known[] = [];
    // answers come in any order: sorted, so that chance meets the same orders in every run
    const sorted = yesterday.sort((a, b) => Number(a.number) - Number(b.number));
    const acts = chooseActs(sorted, products, chance);
    const ends = await Promise.allSettled([
      inFlight(day.orders, ORDERS_IN_FLIGHT, (order) => place(run, order, today)),
      inFlight(day.deliveries, 1, (delivery) =>
        receive(run, { name: `day-${index + 1}`, at: day.closesAt }, delivery),
      ),
      act(run, acts, day.closesAt),
    ]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    await settled(run.address);
    yesterday = today;
  }
}
