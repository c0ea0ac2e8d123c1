/** An order as it is shown: what it is and holds, and when the rest comes, all from one snapshot or gate. */
import type { OrderView } from '../contract/orders.ts';
import { type PromiseSlice, promisedOn } from '../core/allocation/promise.ts';
import type { OrderId } from '../core/kernel/ids.ts';
import { instantFromIso, isoInstant, later, localDate, localDateFrom } from '../core/kernel/time.ts';
import { unserved } from '../core/orders/buckets.ts';
import type { OrderItem } from '../core/orders/order-item.ts';
import { onSnapshot } from '../db/database.ts';
import { readItems } from '../db/order-items.ts';
import { productsOfOrder } from '../db/orders.ts';
import { readTold, type ToldRow } from '../db/promises.ts';
import { rankOf } from '../db/queue-blocks.ts';
import { type OrderFacts, readOrderFacts } from '../reports/order.ts';
import type { App } from './app.ts';
import { pegAhead, type Reader, readOutlooks, shippableOn, waitingSlices } from './outlook.ts';
import { openReader } from './reader.ts';

export async function viewOrder(app: App, id: OrderId): Promise<OrderView | undefined> {
  return await onSnapshot(app.db, async (tx) => {
    const products = await productsOfOrder(tx, id);
    return await readOrderView(await openReader(app, tx, products), id);
  });
}

export async function readOrderView(reader: Reader, id: OrderId): Promise<OrderView | undefined> {
  const [facts, items, told] = await Promise.all([
    readOrderFacts(reader.tx, id),
    readItems(reader.tx, [id]),
    readTold(reader.tx, id),
  ]);
  if (facts === undefined) return undefined;
  const waiting = await readSlices(reader, items);
  const shown = facts.items.map((item) => {
    const slices = [...allocatedSlices(reader, facts.channel, item), ...(waiting.get(item.line) ?? [])];
    return {
      ...item,
      promise: itemPromise(
        item,
        slices,
        told.find(({ line }) => line === item.line),
      ),
    };
  });
  const open = shown.flatMap(({ quantities, promise: each }) =>
    quantities.shipped + quantities.cancelled === quantities.ordered ? [] : [each?.on ?? null],
  );
  return { ...facts, promisedOn: lastDay(open), items: shown };
}

/** The day by which all are; null when one is not known, or when nothing is open. */
function lastDay(days: readonly (string | null)[]): string | null {
  if (days.length === 0 || days.includes(null)) return null;
  return days.flatMap((day) => (day === null ? [] : [localDateFrom(day)])).reduce(later);
}

/** When the waiting units of these items come, by line. */
async function readSlices(
  reader: Reader,
  items: readonly OrderItem[],
): Promise<Map<number, readonly PromiseSlice[]>> {
  const waiting = items.filter((item) => unserved(item.buckets) > 0);
  if (waiting.length === 0) return new Map();
  const outlooks = await readOutlooks(reader, [...new Set(waiting.map((item) => item.product))]);
  const peggings = await pegAhead(reader, outlooks, waiting.map(rankOf));
  const slices = new Map<number, readonly PromiseSlice[]>();
  for (const [index, item] of waiting.entries()) {
    const outlook = outlooks.get(item.product);
    const pegging = peggings[index];
    if (outlook === undefined || pegging === undefined) continue;
    const asked = { ...item, units: unserved(item.buckets) };
    slices.set(item.line, waitingSlices(reader, asked, { outlook, pegging }));
  }
  return slices;
}

/** Allocated units: shippable now, after handling, or from the release; an external warehouse may have named a day. */
function allocatedSlices(
  { configuration, now }: Reader,
  channel: string,
  { allocations, releaseAt }: OrderFacts['items'][number],
): PromiseSlice[] {
  const zone = configuration.channelsByCode.get(channel)?.timeZone ?? 'UTC';
  return allocations.flatMap(({ warehouse: code, open, expectedOn }): PromiseSlice[] => {
    const warehouse = configuration.warehousesByCode.get(code);
    if (warehouse === undefined || open === 0) return [];
    const today = localDate(now, warehouse.timeZone);
    const ready =
      expectedOn === null ? shippableOn(warehouse, today) : later(localDateFrom(expectedOn), today);
    const release = releaseAt === null ? null : localDate(instantFromIso(releaseAt), zone);
    const on = release === null ? ready : later(ready, release);
    const source = on === ready ? 'stock' : 'release';
    return [{ units: open, on, source, purchaseOrder: null, line: null, confidence: null }];
  });
}

function itemPromise(
  { quantities }: OrderFacts['items'][number],
  slices: readonly PromiseSlice[],
  told: ToldRow | undefined,
): OrderView['items'][number]['promise'] {
  const open = quantities.pending + quantities.allocated + unserved(quantities);
  if (open === 0 && told === undefined) return null;
  return {
    on: open === 0 || quantities.pending > 0 ? null : promisedOn(slices),
    slices: [...slices],
    first: told === undefined ? null : { on: told.firstOn, toldAt: isoInstant(told.firstToldAt) },
    told: told === undefined ? null : { on: told.toldOn, toldAt: isoInstant(told.toldAt) },
  };
}
