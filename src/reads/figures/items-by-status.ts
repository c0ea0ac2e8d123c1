/**
 * "Order items by status": how many items stand in each status, their units by bucket and their value. Whole
 * days (UTC) come from the facts that were counted and what they are behind; the edges of a range that begins
 * or ends within a day, and figures by supplier or warehouse, are summed up from the items themselves. One
 * statement, so all from one snapshot.
 */
import { type RawBuilder, sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { BUCKETS, type Buckets, NO_UNITS } from '../../core/orders/buckets.ts';
import { ITEM_STATUSES, type ItemStatus } from '../../core/orders/item-status.ts';
import type { Database } from '../../db/database.ts';
import { uncountedFacts } from '../../db/orders/day-facts.ts';
import { bucketSums } from '../bucket-sums.ts';
import { all, allocatedIn, given, onChannel, placedWithin, soldBy } from '../filters.ts';

type Sql = RawBuilder<unknown>;
type Query = QueryOf<'itemsByStatus'>;
type StatusRow = AnswerOf<'itemsByStatus'>['rows'][number];

interface SumRow extends Buckets {
  readonly status: ItemStatus;
  readonly currency: string;
  readonly items: number;
  /** numeric as text: exact beyond a double */
  readonly amount: string;
}

const UNITS = sql.join(BUCKETS.map((bucket) => sql.ref(bucket)));

export async function itemsByStatus(db: Database, query: Query): Promise<AnswerOf<'itemsByStatus'>> {
  const { rows } = await sql<SumRow>`
    select s.status, c.currency, sum(s.items)::bigint as items, ${bucketSums('s')}, sum(s.value)::text as amount
    from (${sql.join(partsOf(query), sql` union all `)}) as s
    join sales_channels c on c.id = s.channel_id
    group by s.status, c.currency`.execute(db);
  return { rows: ITEM_STATUSES.map((status) => statusRow(status, rows)) };
}

function partsOf(query: Query): Sql[] {
  const { placedFrom, placedUntil, supplier, warehouse } = query;
  if (supplier !== undefined || warehouse !== undefined) return [fromItems(query, placedFrom, placedUntil)];
  const firstDay = placedFrom === undefined ? undefined : dayFrom(placedFrom);
  const endDay = placedUntil === undefined ? undefined : dayOf(placedUntil);
  if (firstDay !== undefined && endDay !== undefined && firstDay >= endDay) {
    return [fromItems(query, placedFrom, placedUntil)];
  }
  return [
    fromFacts(query, firstDay, endDay),
    ...(firstDay === undefined || isMidnight(placedFrom) ? [] : [fromItems(query, placedFrom, firstDay)]),
    ...(endDay === undefined || isMidnight(placedUntil) ? [] : [fromItems(query, endDay, placedUntil)]),
  ];
}

const DAY_MS = 86_400_000;

function isMidnight(instant: string | undefined): boolean {
  return instant !== undefined && Date.parse(instant) % DAY_MS === 0;
}

/** The midnight (UTC) at or before an instant, as an instant. */
function dayOf(instant: string): string {
  const time = Date.parse(instant);
  return new Date(time - (((time % DAY_MS) + DAY_MS) % DAY_MS)).toISOString();
}

/** The midnight (UTC) at or after an instant. */
function dayFrom(instant: string): string {
  return isMidnight(instant) ? dayOf(instant) : new Date(Date.parse(dayOf(instant)) + DAY_MS).toISOString();
}

function fromFacts({ channel }: Query, from: string | undefined, end: string | undefined): Sql {
  const columns = sql`day, channel_id, status, items, ${UNITS}, value`;
  const conditions = all([
    given(channel, (code) => onChannel(sql`channel_id`, code)),
    given(from, () => sql`day >= (${from}::timestamptz at time zone 'UTC')::date`),
    given(end, () => sql`day < (${end}::timestamptz at time zone 'UTC')::date`),
  ]);
  return sql`
    select ${columns} from day_facts where ${conditions}
    union all select ${columns} from (${uncountedFacts()}) as behind where ${conditions}`;
}

function fromItems(query: Query, from: string | undefined, until: string | undefined): Sql {
  const { channel, supplier, warehouse } = query;
  const isDated = from !== undefined || until !== undefined;
  const conditions = all([
    given(channel, (code) => onChannel(sql`i.channel_id`, code)),
    given(supplier, (code) => soldBy(sql`i.product_id`, code)),
    given(warehouse, allocatedIn),
    ...placedWithin(from, until),
  ]);
  return sql`
    select null::date as day, i.channel_id, i.status, count(*) as items, ${bucketSums('i')}, sum(i.ordered::numeric * i.unit_price) as value
    from order_items i ${isDated ? sql`join orders o on o.id = i.order_id` : sql``}
    where ${conditions}
    group by i.channel_id, i.status`;
}

function statusRow(status: ItemStatus, rows: readonly SumRow[]): StatusRow {
  const mine = rows.filter((row) => row.status === status && row.items > 0);
  const quantities: Record<keyof Buckets, number> = { ...NO_UNITS };
  for (const row of mine) {
    for (const bucket of BUCKETS) quantities[bucket] += row[bucket];
  }
  return {
    status,
    items: mine.reduce((sum, row) => sum + row.items, 0),
    quantities,
    value: mine.map(({ currency, amount }) => ({ currency, amount })),
  };
}
