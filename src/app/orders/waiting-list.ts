/** The waiting queue of a product with the day each item is promised, page by page, from one snapshot. */
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { lineNumber, orderId } from '../../core/kernel/ids.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import { promisedOn } from '../../core/promises/promise.ts';
import { onSnapshot } from '../../db/database.ts';
import { listWaiting, type WaitingRow } from '../../reads/orders/waiting.ts';
import type { App } from '../frame/app.ts';
import { type Outlook, outlooksOf, pegAhead, readSupply, waitingSlices } from '../frame/outlook.ts';
import { openReader, type Reader } from '../frame/reader.ts';
import { type Excluded, withRuleExclusions } from '../frame/rule-exclusions.ts';

type Answer = AnswerOf<'listWaiting'>;

export async function showWaiting(app: App, query: QueryOf<'listWaiting'>): Promise<Answer | undefined> {
  const product = (await app.productIds.find([query.sku])).get(query.sku);
  const products = product === undefined ? [] : [product];
  return await onSnapshot(app.db, async (tx) => {
    const [page, reader, supply] = await Promise.all([
      listWaiting(tx, query, product),
      openReader(app, tx, products),
      readSupply(tx, products),
    ]);
    const [first] = page?.rows ?? [];
    if (page === undefined || first === undefined)
      return page === undefined ? undefined : { ...page, rows: [] };
    const outlooks = outlooksOf(reader, products, supply);
    const [pegging] = await pegAhead(reader, outlooks, [rankOf(first)]);
    const outlook = outlooks.get(first.product);
    if (pegging === undefined || outlook === undefined)
      throw new Error('a rank was asked about and not answered');
    const rows = await withRuleExclusions(
      reader,
      page.rows.map((row) => ({ ...row, order: orderId(row.orderId) })),
    );
    return { ...page, rows: rows.map((row) => shown(reader, row, { outlook, pegging })) };
  });
}

function rankOf({ product, priority, waitingSince, orderId: order, line }: WaitingRow) {
  return { product, priority, waitingSince, order: orderId(order), line: lineNumber(line) };
}

/** Rows are shown in rank order, so each takes before those behind. */
function shown(
  reader: Reader,
  row: WaitingRow & Excluded,
  supply: { readonly outlook: Outlook; readonly pegging: Parameters<typeof waitingSlices>[2]['pegging'] },
): Answer['rows'][number] {
  const { product, line, kind, rejectedBy, excluded, backordered, preordered, unfillable } = row;
  const units = unserved(row);
  const item = {
    order: orderId(row.orderId),
    line,
    product,
    channel: row.channelId,
    kind,
    rejectedBy,
    excluded,
    units,
  };
  const slices = waitingSlices(reader, { ...item, bought: false }, supply);
  return {
    orderId: row.orderId,
    orderNumber: row.orderNumber,
    line,
    channel: row.channel,
    customer: row.customer,
    priority: row.priority,
    backordered,
    preordered,
    unfillable,
    unitsAhead: row.unitsAhead,
    waitingSince: isoInstant(row.waitingSince),
    promisedOn: promisedOn(slices),
    promise: slices,
  };
}
