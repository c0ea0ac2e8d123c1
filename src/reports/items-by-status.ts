/** "Order items by status": how many items stand in each status, their units by bucket and their value. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../contract/operations.ts';
import { type Buckets, NO_UNITS, SPLIT } from '../core/orders/buckets.ts';
import { ITEM_STATUSES, type ItemStatus } from '../core/orders/item-status.ts';
import type { Database } from '../db/database.ts';

type StatusRow = AnswerOf<'itemsByStatus'>['rows'][number];

interface SumRow extends Buckets {
  readonly status: ItemStatus;
  readonly currency: string;
  readonly items: number;
  /** numeric as text: exact beyond a double */
  readonly amount: string;
}

export async function itemsByStatus(
  db: Database,
  query: QueryOf<'itemsByStatus'>,
): Promise<AnswerOf<'itemsByStatus'>> {
  const { channel, placedFrom, placedUntil } = query;
  const { rows } = await sql<SumRow>`
    select i.status, c.currency, count(*) as items, ${sql.join(
      (['ordered', ...SPLIT] as const).map((bucket) => sql`sum(i.${sql.ref(bucket)}) as ${sql.ref(bucket)}`),
    )}, sum(i.ordered::numeric * i.unit_price)::text as amount
    from order_items i
    join sales_channels c on c.id = i.channel_id
    ${placedFrom === undefined && placedUntil === undefined ? sql`` : sql`join orders o on o.id = i.order_id`}
    where ${channel === undefined ? sql`true` : sql`c.code = ${channel}`}
      and ${placedFrom === undefined ? sql`true` : sql`o.placed_at >= ${placedFrom}::timestamptz`}
      and ${placedUntil === undefined ? sql`true` : sql`o.placed_at < ${placedUntil}::timestamptz`}
    group by i.status, c.currency`.execute(db);
  return { rows: ITEM_STATUSES.map((status) => statusRow(status, rows)) };
}

function statusRow(status: ItemStatus, rows: readonly SumRow[]): StatusRow {
  const mine = rows.filter((row) => row.status === status);
  const quantities: Record<keyof Buckets, number> = { ...NO_UNITS };
  for (const row of mine) {
    for (const bucket of ['ordered', ...SPLIT] as const) quantities[bucket] += row[bucket];
  }
  return {
    status,
    items: mine.reduce((sum, row) => sum + row.items, 0),
    quantities,
    value: mine.map(({ currency, amount }) => ({ currency, amount })),
  };
}
