/** An order as it is shown: what it is and holds, and when the rest comes, all from one snapshot or gate. */
import type { OrderView } from '../../contract/order-views.ts';
import type { OrderId, ProductId } from '../../core/kernel/ids.ts';
import { instantFromIso, isoInstant, later, localDate, localDateFrom } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { type PromiseSlice, promisedOn } from '../../core/promises/promise.ts';
import { onSnapshot, type Tx } from '../../db/database.ts';
import { readItems } from '../../db/orders/order-items.ts';
import { rankOf } from '../../db/orders/queue-blocks.ts';
import { readTold, type ToldRow } from '../../db/supply/promises.ts';
import { type OrderFacts, readOrderFacts } from '../../reads/orders/order.ts';
import type { App } from '../frame/app.ts';
import {
  type Outlook,
  outlooksOf,
  pegAhead,
  readOutlooks,
  readSupply,
  shippableOn,
  waitingSlices,
} from '../frame/outlook.ts';
import { openReader, type Reader } from '../frame/reader.ts';
import { withRuleExclusions } from '../frame/rule-exclusions.ts';

export async function viewOrder(app: App, id: OrderId): Promise<OrderView | undefined> {
  return await onSnapshot(app.db, async (tx) => {
    const order = await readOrder(tx, id);
    if (order === undefined) return undefined;
    const products = waitingProducts(order);
    const [reader, supply] = await Promise.all([openReader(app, tx, products), readSupply(tx, products)]);
    return await showOrder(reader, order, outlooksOf(reader, products, supply));
  });
}

/** The same at a gate. */
export async function readOrderView(reader: Reader, id: OrderId): Promise<OrderView | undefined> {
  const order = await readOrder(reader.tx, id);
  if (order === undefined) return undefined;
  return await showOrder(reader, order, await readOutlooks(reader, waitingProducts(order)));
}

/** An order as it was read: what is shown as it is, the items that wait, and what the customer was told. */
interface ReadOrder {
  readonly facts: OrderFacts;
  readonly waiting: readonly OrderItem[];
  readonly told: readonly ToldRow[];
}

async function readOrder(tx: Tx, id: OrderId): Promise<ReadOrder | undefined> {
  const [facts, items, told] = await Promise.all([
    readOrderFacts(tx, id),
    readItems(tx, [id]),
    readTold(tx, id),
  ]);
  const waiting = items.filter((item) => unserved(item.buckets) > 0);
  return facts && { facts, waiting, told };
}

function waitingProducts({ waiting }: ReadOrder): ProductId[] {
  return [...new Set(waiting.map(({ product }) => product))];
}

async function showOrder(
  reader: Reader,
  { facts, waiting: items, told }: ReadOrder,
  outlooks: ReadonlyMap<ProductId, Outlook>,
): Promise<OrderView> {
  const waiting = await readSlices(reader, items, outlooks);
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
  outlooks: ReadonlyMap<ProductId, Outlook>,
): Promise<Map<number, readonly PromiseSlice[]>> {
  const waiting = await withRuleExclusions(reader, items);
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
