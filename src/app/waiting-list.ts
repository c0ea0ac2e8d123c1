/** The waiting queue of a product with the day each item is promised, page by page, from one snapshot. */
import type { AnswerOf, QueryOf } from '../contract/operations.ts';
import { promisedOn } from '../core/allocation/promise.ts';
import { lineNumber, orderId } from '../core/kernel/ids.ts';
import { isoInstant } from '../core/kernel/time.ts';
import { onSnapshot } from '../db/database.ts';
import { listWaiting, type WaitingRow } from '../reports/waiting.ts';
import type { App } from './app.ts';
import { type Outlook, pegAhead, type Reader, readOutlooks, waitingSlices } from './outlook.ts';
import { openReader } from './reader.ts';

type Answer = AnswerOf<'listWaiting'>;

export async function showWaiting(app: App, query: QueryOf<'listWaiting'>): Promise<Answer | undefined> {
  return await onSnapshot(app.db, async (tx) => {
    const page = await listWaiting(tx, query);
    const [first] = page?.rows ?? [];
    if (page === undefined || first === undefined)
      return page === undefined ? undefined : { ...page, rows: [] };
    const reader = await openReader(app, tx, [first.product]);
    const outlooks = await readOutlooks(reader, [first.product]);
    const [pegging] = await pegAhead(reader, outlooks, [rankOf(first)]);
    const outlook = outlooks.get(first.product);
    if (pegging === undefined || outlook === undefined)
      throw new Error('a rank was asked about and not answered');
    return { ...page, rows: page.rows.map((row) => shown(reader, row, { outlook, pegging })) };
  });
}

function rankOf({ product, priority, waitingSince, orderId: order, line }: WaitingRow) {
  return { product, priority, waitingSince, order: orderId(order), line: lineNumber(line) };
}

/** Rows are shown in rank order, so each takes before those behind. */
function shown(
  reader: Reader,
  row: WaitingRow,
  supply: { readonly outlook: Outlook; readonly pegging: Parameters<typeof waitingSlices>[2]['pegging'] },
): Answer['rows'][number] {
  const { product, channelId, kind, rejectedBy, waitingSince, ...rest } = row;
  const units = row.backordered + row.preordered + row.unfillable;
  const item = { ...rankOf(row), channel: channelId, kind, rejectedBy, bought: false, units };
  const slices = waitingSlices(reader, item, supply);
  return { ...rest, waitingSince: isoInstant(waitingSince), promisedOn: promisedOn(slices), promise: slices };
}
