/**
 * Plays the days of the plan through the API. A day is: what arrives is counted in, on its purchase orders and beside
 * them; once nobody is owed anything, what the arrivals filled is read; then the orders of the day in one bulk request;
 * then its purchase orders are drafted and sent, and shipments leave. Shipping may last into the next day's arrivals.
 *
 * Arrivals are recorded on the database's clock, years after the orders. How long an item waited is therefore counted
 * here, in days of the files. Fills are read at the head of each queue: who was accepted before the item that Allot
 * has first in line is served. Were somebody served out of turn, the units that wait would not add up at the end.
 *
 * Decision: a shipment takes the time of placing nine orders in bulk, so of the orders that got everything at once only
 * every tenth ships, unless all shall; those that had to wait ship on each day on which they got something. The stock
 * of the others stays allocated to them.
 */
import { inFlight } from '../../../src/cli/demo/in-flight.ts';
import { settled } from '../../../src/cli/demo/settled.ts';
import type { Progress } from '../../../src/cli/progress.ts';
import type { Client } from '../../../src/contract/call.ts';
import type { AnswerOf } from '../../../src/contract/operations.ts';
import { MAX_BULK } from '../../../src/contract/orders.ts';
import type { PlannedDay, PlannedItem, PlannedLine, PlannedOrder, PlannedPurchase } from './wwi-plan.ts';
import { SHELF, SURPLUS, supplierCode } from './wwi-shop.ts';

const ACTS_IN_FLIGHT = 12;
/** One in so many of the orders that got everything at once ships. */
const SHIPPED_OF_UNDELAYED = 10;
const WHY_CLOSED = 'the picking shows that these units never reached the shelf';

/** An item that did not get everything at once. */
interface WaitedItem {
  readonly orderId: number;
  readonly line: number;
  readonly item: PlannedItem;
  readonly day: string;
  /** Units that had to wait. */
  readonly units: number;
  /** Units that wait still. */
  left: number;
  filledOn: string | undefined;
}

export interface Played {
  readonly waited: WaitedItem[];
  /** What went otherwise than it must. */
  readonly failures: string[];
  orders: number;
  linksKept: number;
  atOnce: number;
  later: number;
  shipments: number;
  shipped: number;
}

export interface WwiRun {
  readonly client: Client;
  readonly address: string;
  readonly progress: Progress;
  readonly channels: ReadonlyMap<number, string>;
  readonly shipAll: boolean;
}

type PlacedItems = AnswerOf<'placeOrder'>['items'];

/** Units by line. */
type Parcel = Map<number, number>;

class Player {
  readonly #played: Played = {
    waited: [],
    failures: [],
    orders: 0,
    linksKept: 0,
    atOnce: 0,
    later: 0,
    shipments: 0,
    shipped: 0,
  };
  readonly #run: WwiRun;
  /** Items that wait, by SKU, in the order of acceptance. */
  readonly #queues = new Map<string, WaitedItem[]>();
  /** What is to ship next, by order. */
  #parcels = new Map<number, Parcel>();
  #shipping: Promise<void> = Promise.resolve();

  constructor(run: WwiRun) {
    this.#run = run;
  }

  async play({ day, arriving, orders, sent }: PlannedDay): Promise<void> {
    this.#run.progress.note(day);
    await inFlight(arriving, ACTS_IN_FLIGHT, (each) => this.#receive(each, day));
    await this.#shipping;
    if (arriving.length > 0) await this.#readFills(arriving, day);
    for (let from = 0; from < orders.length; from += MAX_BULK)
      await this.#place(orders.slice(from, from + MAX_BULK), day);
    await inFlight(sent, ACTS_IN_FLIGHT, (each) => this.#send(each));
    this.#shipping = this.#ship(day);
    this.#shipping.catch(() => undefined); // it fails where it is waited for
    this.#run.progress.advance(orders.length);
  }

  async finish(): Promise<Played> {
    await this.#shipping;
    await settled(this.#run.address);
    return this.#played;
  }

  #fail(what: string): void {
    this.#played.failures.push(what);
  }

  async #receive({ number, lines }: PlannedPurchase, day: string): Promise<void> {
    const { client } = this.#run;
    const params = { purchaseOrder: number };
    const reference = `${number}/${day}`;
    const today = lines.flatMap((line, index) =>
      line.receivedOn === day ? [{ ...line, line: index + 1 }] : [],
    );
    const counted = today.filter(({ onLine }) => onLine > 0);
    if (counted.length > 0) {
      const rows = counted.map(({ line, onLine }) => ({ line, units: onLine }));
      const body = { reference, warehouse: SHELF, lines: rows };
      await client.must('receivePurchaseOrder', { params, body });
    }
    const closing = today.filter(({ closed }) => closed > 0);
    if (closing.length > 0) {
      const rows = closing.map(({ line, closed }) => ({ line, units: closed }));
      await client.must('closePurchaseOrder', {
        params,
        body: { reason: WHY_CLOSED, by: 'us', lines: rows },
      });
    }
    await this.#receiveBeside(`${reference}/beyond`, SHELF, unitsOf(today, 'beyond'));
    await this.#receiveBeside(`${reference}/surplus`, SURPLUS, unitsOf(today, 'surplus'));
  }

  async #receiveBeside(
    reference: string,
    warehouse: string,
    lines: { sku: string; units: number }[],
  ): Promise<void> {
    if (lines.length === 0) return;
    await this.#run.client.must('receiveStock', { body: { reference, warehouse, lines } });
  }

  async #readFills(arriving: readonly PlannedPurchase[], day: string): Promise<void> {
    await settled(this.#run.address);
    const arrived = arriving.flatMap(({ lines }) => lines.filter(({ receivedOn }) => receivedOn === day));
    const skus = new Set(arrived.map(({ sku }) => sku));
    const queues = [...this.#queues].filter(([sku, queue]) => skus.has(sku) && queue.length > 0);
    await inFlight(queues, ACTS_IN_FLIGHT, async ([sku, queue]) => {
      const { rows } = await this.#run.client.must('listWaiting', { query: { sku, limit: 1 } });
      const [head] = rows;
      for (let first = queue[0]; first !== undefined; first = queue[0]) {
        const isHead = first.orderId === head?.orderId && first.line === head.line;
        this.#fill(first, isHead ? head.backordered : 0, day);
        if (isHead) break;
        queue.shift();
      }
      if (head !== undefined && queue.length === 0)
        this.#fail(`${day}: order ${head.orderNumber} is first in line for ${sku}, not expected to wait`);
    });
  }

  #fill(waiting: WaitedItem, left: number, day: string): void {
    const units = waiting.left - left;
    if (units === 0) return;
    if (units < 0)
      this.#fail(`${day}: order ${waiting.orderId} line ${waiting.line} waits for more than before`);
    waiting.left = left;
    if (left === 0) waiting.filledOn = day;
    this.#played.later += units;
    this.#pack(waiting.orderId, waiting.line, units);
  }

  #pack(orderId: number, line: number, units: number): void {
    const parcel = this.#parcels.get(orderId) ?? new Map<number, number>();
    parcel.set(line, (parcel.get(line) ?? 0) + units);
    this.#parcels.set(orderId, parcel);
  }

  #bodyOf({ number, customer, day, items }: PlannedOrder) {
    const channel = this.#run.channels.get(customer);
    if (channel === undefined) throw new Error(`order ${number} is of the unknown customer ${customer}`);
    return {
      channel,
      number,
      customer: String(customer),
      placedAt: `${day}T08:00:00Z`,
      items: items.map(({ sku, units, price }) => ({ sku, quantity: units, unitPrice: price })),
    };
  }

  async #place(orders: readonly PlannedOrder[], day: string): Promise<void> {
    const body = { orders: orders.map((each) => this.#bodyOf(each)) };
    const { results } = await this.#run.client.must('placeOrders', { body });
    for (const [index, order] of orders.entries()) {
      const result = results[index];
      if (result?.accepted === true) this.#accept(order, result.order);
      else this.#fail(`${day}: order ${order.number} was refused: ${result?.refusal.message ?? 'no answer'}`);
    }
  }

  #accept(order: PlannedOrder, { id, items }: { readonly id: number; readonly items: PlacedItems }): void {
    const played = this.#played;
    const index = played.orders++;
    const whole = order.items.every(({ sku, units }, place) => {
      const placed = items[place];
      return placed?.sku === sku && placed.quantities.ordered === units;
    });
    if (whole && items.length === order.items.length) played.linksKept += order.carriers;
    else this.#fail(`order ${order.number} was answered with other items`);
    const delayed = items.some(({ quantities }) => quantities.backordered > 0);
    const ships = delayed || this.#run.shipAll || index % SHIPPED_OF_UNDELAYED === 0;
    for (const { line, quantities } of items) {
      const { allocated, backordered } = quantities;
      played.atOnce += allocated;
      if (ships && allocated > 0) this.#pack(id, line, allocated);
      if (backordered > 0) this.#queue(order, { orderId: id, line, units: backordered });
    }
  }

  #queue(order: PlannedOrder, of: Pick<WaitedItem, 'orderId' | 'line' | 'units'>): void {
    const item = order.items[of.line - 1];
    if (item === undefined) return;
    const waiting: WaitedItem = { ...of, item, day: order.day, left: of.units, filledOn: undefined };
    this.#played.waited.push(waiting);
    const queue = this.#queues.get(item.sku) ?? [];
    queue.push(waiting);
    this.#queues.set(item.sku, queue);
  }

  /** Ships all that is packed, one shipment for each order. */
  async #ship(day: string): Promise<void> {
    const parcels = [...this.#parcels];
    this.#parcels = new Map();
    await inFlight(parcels, ACTS_IN_FLIGHT, async ([orderId, parcel]) => {
      const items = [...parcel].map(([line, units]) => ({ line, units }));
      const body = { reference: `${orderId}/${day}`, warehouse: SHELF, items };
      await this.#run.client.must('shipItems', { params: { orderId }, body });
      this.#played.shipments++;
      this.#played.shipped += items.reduce((sum, { units }) => sum + units, 0);
    });
  }

  async #send({ number, supplier, expectedOn, lines }: PlannedPurchase): Promise<void> {
    const { client } = this.#run;
    const params = { purchaseOrder: number };
    const body = {
      supplier: supplierCode(supplier),
      lines: lines.map(({ sku, ordered, unitPrice }) => ({
        sku,
        warehouse: SHELF,
        quantity: ordered,
        unitPrice,
        expectedOn,
      })),
    };
    await client.must('putPurchaseOrder', { params, body });
    await client.must('sendPurchaseOrder', { params });
  }
}

function unitsOf(lines: readonly PlannedLine[], which: 'beyond' | 'surplus') {
  return lines.filter((each) => each[which] > 0).map((each) => ({ sku: each.sku, units: each[which] }));
}

export async function playWwi(run: WwiRun, days: readonly PlannedDay[]): Promise<Played> {
  const player = new Player(run);
  for (const day of days) await player.play(day);
  return await player.finish();
}
