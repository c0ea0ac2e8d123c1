/**
 * A running server as a world to compare with the plain model. Reading does not fill; filling is the worker's, so a
 * state that differs is only a mismatch when it still does after no fill is outstanding.
 */
import type { Client } from '../../../src/contract/call.ts';
import { createClient } from '../../../src/contract/client.ts';
import { outstanding } from '../../../src/contract/outstanding.ts';
import { eventually } from '../../support/eventually.ts';
import { settled } from '../../support/settled.ts';
import type { Sequence } from './commands.ts';
import { performUntilAnswered } from './http-acts.ts';
import { readPurchaseOrder, waitingPromise } from './http-supply.ts';
import type { Act, WorldView } from './plain-acts.ts';
import type { PlainModel } from './plain-model.ts';
import { type Item, isWhole, today, unserved } from './plain-state.ts';
import { actsOf, checkOutcome, checkPromises, checkView, differences } from './playing.ts';
import { type Calendar, standingCalendar } from './small-world.ts';

/** The whole state is compared after every so many acts, and at the end. */
const ACTS_PER_COMPARISON = 7;

const byWarehouse = (a: { warehouse: string }, b: { warehouse: string }) =>
  a.warehouse < b.warehouse ? -1 : 1;

async function readOrder(client: Client, orderId: number): Promise<WorldView['orders'][number]> {
  const order = await client.must('getOrder', { params: { orderId } });
  return {
    number: order.number,
    onHold: order.hold !== null,
    priority: order.priority,
    items: order.items.map((item) => ({
      line: item.line,
      sku: item.sku,
      kind: item.kind,
      buckets: item.quantities,
      promise: waitingPromise(item),
      allocations: item.allocations
        .filter((each) => each.open + each.shipped > 0 || each.rejected)
        .map(({ warehouse, open, picked, shipped, rejected }) => ({
          warehouse,
          open,
          picked,
          shipped,
          rejected,
        }))
        .sort(byWarehouse),
    })),
  };
}

/** Shows of the server what `expected` shows. */
async function readWorld(
  client: Client,
  orderIds: ReadonlyMap<string, number>,
  expected: WorldView,
): Promise<WorldView> {
  const [orders, products, purchaseOrders] = await Promise.all([
    Promise.all([...orderIds.values()].map((orderId) => readOrder(client, orderId))),
    Promise.all(expected.waiting.map(({ sku }) => client.must('getProduct', { params: { sku } }))),
    Promise.all(expected.purchaseOrders.map(({ number }) => readPurchaseOrder(client, number))),
  ]);
  return {
    orders,
    purchaseOrders,
    levels: products.flatMap(({ sku, levels }) =>
      levels
        .filter((level) => level.onHand + level.allocated > 0)
        .map(({ warehouse, onHand, allocated }) => ({ sku, warehouse, onHand, allocated }))
        .sort(byWarehouse),
    ),
    waiting: products.map(({ sku, waiting }) => ({ sku, ...waiting })),
  };
}

/** The server's state, waited for until it is as expected or nothing more can come. */
async function settledView(
  address: string,
  read: () => Promise<WorldView>,
  expected: WorldView,
): Promise<WorldView> {
  return await eventually('no fill is outstanding', async () => {
    // asked before reading: what is read after nothing is outstanding is final
    const owed = await outstanding(address, 'fills');
    const view = await read();
    return owed === 0 || differences(expected, view).length === 0 ? view : undefined;
  });
}

interface Played {
  readonly act: Act;
  readonly model: PlainModel;
  readonly performed: readonly Act[];
}

export interface PlayedServer {
  readonly address: string;
  /** Disturbs the server while it works; what was sent meanwhile may be answered with 503. */
  readonly interrupt?: () => Promise<void>;
}

/** Every so many acts the server is interrupted. */
const ACTS_PER_INTERRUPTION = 5;

const waits = (item: Item) => unserved(item) > 0;

/**
 * Plays a sequence on a running server beside the model; throws MismatchError at the first difference.
 *
 * Acts follow each other without a pause, so that most fills owed are done at the gate of the next act. Two things
 * have no gate of their own: channels and warehouses, and an order served as a whole, which looks at products that
 * the act at hand has not locked. There the outcome would depend on how fast the worker was; the player waits.
 *
 * Each act is sent under an Idempotency-Key of its own, so that it can be sent again whenever the server was interrupted.
 *
 * The model's day is that of the start: when it has passed, promises are for other days and nothing is compared.
 */
export async function playOnServer(
  { address, interrupt }: PlayedServer,
  sequence: Sequence,
  prefix: string,
): Promise<void> {
  const client = createClient(address);
  const orderIds = new Map<string, number>();
  const calendar: Calendar = standingCalendar(Date.now());
  const compare = async ({ act, model, performed }: Played) => {
    const expected = model.view();
    const read = () => readWorld(client, orderIds, expected);
    const other = await settledView(address, read, expected);
    if (today(Date.now(), 'Etc/UTC') !== today(calendar.start, 'Etc/UTC')) return;
    checkPromises(model, other, performed);
    checkView(act, { model: expected, other }, performed);
  };
  let last: Played | undefined;
  let wholeOrderWaits = false;
  for (const { act, outcome, model, performed } of actsOf(sequence, { prefix, calendar, keys: true })) {
    if (wholeOrderWaits || act.act === 'putSalesChannel' || act.act === 'putWarehouse')
      await settled(address);
    const interrupted = performed.length % ACTS_PER_INTERRUPTION === 0 ? interrupt?.() : undefined;
    const { outcome: other, tries } = await performUntilAnswered(client, act, orderIds);
    await interrupted;
    // sent again it is a repeat of what was done unheard
    const said = tries > 1 && other.accepted && outcome.accepted ? outcome : other;
    checkOutcome(act, { model: outcome, other: said }, performed);
    wholeOrderWaits = model.state.orders.some((order) => isWhole(order) && order.items.some(waits));
    last = { act, model, performed };
    if (performed.length % ACTS_PER_COMPARISON === 0) await compare(last);
  }
  if (last !== undefined) await compare(last);
}
