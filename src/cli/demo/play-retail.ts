/**
 * Plays an Online Retail file through the API in the order of its moments: deliveries, then orders, then
 * cancellations of the same moment. Orders between two other acts go in bulk requests, one request after the other, so
 * that every product sees its orders in the order of the file. Each order is placed as of its moment in the file.
 */
import { MAX_BULK } from '../../contract/orders.ts';
import { inFlight } from './in-flight.ts';
import type { RetailCancel, RetailOrder, RetailOrders } from './retail-orders.ts';
import type { RetailDelivery } from './retail-supply.ts';
import { OPENING, type Run, receive } from './run.ts';
import { settled } from './settled.ts';
import type { OrderBody } from './shop-plan.ts';

/** Lines of one bulk request at most: beyond it a request gains nothing and its body grows towards the limit. */
const BULK_LINES = 2_000;
const MAKING_IN_FLIGHT = 8;

type Act =
  | { readonly kind: 'delivery'; readonly at: number; readonly delivery: RetailDelivery }
  | { readonly kind: 'cancel'; readonly at: number; readonly cancel: RetailCancel };

const POLICY = { backorder: { allowed: true } };

/** Makes a product of every SKU; each may be backordered without limit. */
export async function makeRetailProducts(
  run: Pick<Run, 'client' | 'progress'>,
  skus: readonly string[],
  names: ReadonlyMap<string, string>,
): Promise<void> {
  async function make(sku: string): Promise<void> {
    const body = { name: names.get(sku) ?? sku, policy: POLICY };
    await run.client.must('putProduct', { params: { sku }, body });
    run.progress.advance();
  }
  await inFlight(skus, MAKING_IN_FLIGHT, make);
}

function bodyOf(run: Run, order: RetailOrder): OrderBody {
  return {
    channel: order.channel,
    number: `${run.prefix}${order.number}`,
    customer: order.customer,
    placedAt: new Date(order.at).toISOString(),
    items: order.lines.map(({ sku, units, price }) => ({ sku, quantity: units, unitPrice: price })),
  };
}

/** The orders in groups that fit into one request. */
function* bulksOf(orders: readonly RetailOrder[]): Generator<RetailOrder[]> {
  let bulk: RetailOrder[] = [];
  let lines = 0;
  for (const order of orders) {
    if (bulk.length === MAX_BULK || (bulk.length > 0 && lines + order.lines.length > BULK_LINES)) {
      yield bulk;
      bulk = [];
      lines = 0;
    }
    bulk.push(order);
    lines += order.lines.length;
  }
  if (bulk.length > 0) yield bulk;
}

async function placeBulk(
  run: Run,
  orders: readonly RetailOrder[],
  ids: Map<RetailOrder, number>,
): Promise<void> {
  const body = { orders: orders.map((order) => bodyOf(run, order)) };
  const { results } = await run.client.must('placeOrders', { body });
  for (const [index, order] of orders.entries()) {
    const result = results[index];
    if (result === undefined) throw new Error('a bulk request answered too few orders');
    if (result.accepted) {
      run.tally.accept(result.order, order.at, result.repeated);
      ids.set(order, result.order.id);
    } else run.tally.refuse(result.refusal);
    run.progress.advance(order.lines.length);
  }
}

async function cancel(run: Run, { order, units, at }: RetailCancel, ids: ReadonlyMap<RetailOrder, number>) {
  const orderId = ids.get(order);
  if (orderId === undefined) return; // the order was refused
  run.tally.actAt(`cancel/${orderId}`, at);
  const items = [...units].map(([line, count]) => ({ line, units: count }));
  await run.client.must('cancelOrder', {
    params: { orderId },
    body: { reason: 'cancelled by the customer', items },
  });
  run.acts.ordersCancelled++;
  run.acts.unitsCancelled += items.reduce((sum, each) => sum + each.units, 0);
}

/** Everything that is not an order, in the order in which it happens. */
function actsOf(orders: RetailOrders, deliveries: readonly RetailDelivery[]): Act[] {
  const acts: Act[] = [
    ...deliveries.map((delivery): Act => ({ kind: 'delivery', at: delivery.at, delivery })),
    ...orders.cancels.map((each): Act => ({ kind: 'cancel', at: each.at, cancel: each })),
  ];
  return acts.sort((a, b) => a.at - b.at);
}

export async function playRetail(
  run: Run,
  orders: RetailOrders,
  deliveries: readonly RetailDelivery[],
): Promise<void> {
  const ids = new Map<RetailOrder, number>();
  const opensAt = deliveries[0]?.at;
  let next = 0;
  async function placeUntil(isBefore: (order: RetailOrder) => boolean): Promise<void> {
    const from = next;
    for (let order = orders.orders[next]; order !== undefined && isBefore(order); )
      order = orders.orders[++next];
    for (const bulk of bulksOf(orders.orders.slice(from, next))) {
      run.progress.note(new Date(bulk[0]?.at ?? 0).toISOString().slice(0, 10));
      await placeBulk(run, bulk, ids);
    }
  }
  for (const act of actsOf(orders, deliveries)) {
    if (act.kind === 'cancel') {
      await placeUntil(({ at }) => at <= act.at);
      await cancel(run, act.cancel, ids);
    } else {
      await placeUntil(({ at }) => at < act.at);
      const day = new Date(act.at).toISOString().slice(0, 10);
      await receive(run, { name: act.at === opensAt ? OPENING : day, at: act.at }, act.delivery);
    }
  }
  await placeUntil(() => true);
  await settled(run.address);
}
