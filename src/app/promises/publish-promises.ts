/**
 * Tells customers: compares what was told with what is true now, for the products that were marked, and writes an event
 * for each item whose day moved by more than the quiet days. Away from the gate: it reads a queue from one snapshot
 * and writes in pieces, so that no order waits for it. A mark made meanwhile is looked at next time.
 */

import type { ProductId } from '../../core/kernel/ids.ts';
import { Pegging, type PromiseSlice, promisedOn } from '../../core/promises/promise.ts';
import { sameSlices, toldPromise } from '../../core/promises/told-promise.ts';
import { inShort, isOwnFault } from '../../db/connection/fault.ts';
import { inTransaction, onSnapshot } from '../../db/database.ts';
import { extendBlocks } from '../../db/orders/queue-blocks.ts';
import { bringBack, setAside } from '../../db/set-aside.ts';
import {
  countToldItems,
  type DuePromises,
  endServedPromises,
  ownPromises,
  type PromiseUpdate,
  type QueuedItem,
  readDuePromises,
  readQueue,
  recordPromises,
  settlePromises,
} from '../../db/supply/promises.ts';
import type { App } from '../frame/app.ts';
import { type Outlook, readOutlooks, waitingSlices } from '../frame/outlook.ts';
import { openReader, type Reader } from '../frame/reader.ts';
import { withRuleExclusions } from '../frame/rule-exclusions.ts';

/** Items read and written at once: larger pages are little faster, and answers wait longer behind each. */
const PAGE_ITEMS = 500;
/** Products looked at in one call. */
const PAGE_PRODUCTS = 16;

export interface Published {
  readonly product: ProductId;
  /** Queue items that were looked at. */
  readonly items: number;
}

/** Looks at products that are due, without those that rest. */
export async function publishDuePromises(app: App, resting: readonly ProductId[]): Promise<Published[]> {
  const due = await readDuePromises(app.db, resting, PAGE_PRODUCTS);
  const published: Published[] = [];
  for (const each of due) {
    const items = await publishOrSetAside(app, each);
    if (items !== undefined) published.push({ product: each.product, items });
  }
  return published;
}

/** A product that fails is left out until its next attempt, so that others' customers are told. */
async function publishOrSetAside(app: App, due: DuePromises): Promise<number | undefined> {
  try {
    const items = await inTransaction(app.db, async (tx) =>
      (await ownPromises(tx, due.product)) ? await publish(app, due) : undefined,
    );
    if (items !== undefined && due.isSetAside) await bringBack(app.db, 'promise', due.product);
    return items;
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    const failure = { work: 'promise' as const, products: [due.product] };
    await setAside(app.db, { ...failure, error: inShort(error) });
    app.reportSetAside({ ...failure, error });
    return undefined;
  }
}

/** undefined: it was not looked at, since a fill is owed to it now. */
async function publish(app: App, due: DuePromises): Promise<number | undefined> {
  const { product } = due;
  while ((await extendBlocks(app.db, product)) === 'more');
  const looked = await onSnapshot(app.db, async (tx) => {
    const reader = await openReader(app, tx, [product]);
    if (reader.positions.some(({ fillDue }) => fillDue)) return undefined;
    const outlook = (await readOutlooks(reader, [product])).get(product);
    if (outlook === undefined) return undefined;
    const told = await countToldItems(tx, product);
    const queued = await tellQueue(app, { reader, outlook, due, bought: false });
    const bought = await tellQueue(app, { reader, outlook, due, bought: true });
    const dated =
      outlook.supplies.some(({ source }) => source === 'purchase_order') ||
      outlook.boughtFor.size > 0 ||
      outlook.sourcing?.promiseByLeadTime === true ||
      outlook.sourcing?.buyToOrder === true ||
      queued.told + bought.told > 0;
    return { items: queued.items + bought.items, dated, ended: told > queued.known + bought.known };
  });
  if (looked === undefined) return undefined;
  if (looked.ended) await inTransaction(app.db, (tx) => endServedPromises(tx, product));
  await settlePromises(app.db, { product, marks: due.marks, dated: looked.dated });
  return looked.items;
}

interface Telling {
  readonly reader: Reader;
  readonly outlook: Outlook;
  readonly due: DuePromises;
  /** Those for whom something was bought, who stand outside the queue; else those in it. */
  readonly bought: boolean;
}

interface Walked {
  readonly items: number;
  /** Items of which something was told that held until now. */
  readonly known: number;
  /** Items of which something was ever told. */
  readonly told: number;
}

/** Walks the queue from its head; everyone takes before those behind. */
async function tellQueue(app: App, { reader, outlook, due, bought }: Telling): Promise<Walked> {
  const pegging = new Pegging(outlook.supplies);
  let after: QueuedItem | undefined;
  let items = 0;
  let known = 0;
  let told = 0;
  for (;;) {
    const request = { product: outlook.product, after, most: PAGE_ITEMS, bought };
    const page = await withRuleExclusions(reader, await readQueue(reader.tx, request));
    const updates = page.flatMap((item) => {
      const { order, line, channel, kind, rejectedBy, excluded, units } = item;
      const asked = {
        order,
        line,
        product: outlook.product,
        channel,
        kind,
        rejectedBy,
        excluded,
        bought,
        units,
      };
      const slices = waitingSlices(reader, asked, { outlook, pegging });
      return updateOf(item, slices, reader.configuration.quietDays);
    });
    known += page.filter((item) => item.holds).length;
    told +=
      page.filter((item) => item.told !== null).length + updates.filter(({ number }) => number === 1).length;
    // One write at a time: two are hardly faster and hold up whoever asks meanwhile.
    await recordPromises(app.db, updates, due);
    items += page.length;
    after = page.at(-1);
    if (page.length < PAGE_ITEMS) return { items, known, told };
  }
}

/** What is to be written of one item: nothing when all it was told still holds. */
function updateOf(item: QueuedItem, now: readonly PromiseSlice[], quietDays: number): PromiseUpdate[] {
  const before = item.told ?? undefined;
  const { slices, news } = toldPromise(item.events === 0 ? undefined : before, now, quietDays);
  if (item.events === 0 && !news) return [];
  if (!news && sameSlices(slices, before ?? [])) return [];
  return [
    {
      order: item.order,
      line: item.line,
      before: item.told,
      told: slices,
      toldOn: promisedOn(slices),
      news,
      number: item.events + (news ? 1 : 0),
    },
  ];
}
