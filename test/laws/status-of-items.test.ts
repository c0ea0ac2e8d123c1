/**
 * Law: the status that the database derives from an item's buckets is the one the core derives. The expression is the
 * column's own, read from the catalog, and is asked about thousands of random splits, many of them with few buckets
 * filled, where the cases differ.
 */
import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { BUCKETS, type Buckets, bucketChange, SPLIT } from '../../src/core/orders/buckets.ts';
import { itemStatus } from '../../src/core/orders/item-status.ts';
import { createDatabase } from '../support/database.ts';

const SPLITS = 5000;
const TIMEOUT_MS = 120_000;

const units = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
);
const split: fc.Arbitrary<Buckets> = fc
  .tuple(...SPLIT.map(() => units))
  .map((figures) =>
    bucketChange(Object.fromEntries(SPLIT.map((bucket, index) => [bucket, figures[index] ?? 0]))),
  )
  .filter((buckets) => buckets.ordered > 0);

async function statusExpression(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ expression: string }>(`
    select pg_get_expr(adbin, adrelid) as expression
    from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
    where adrelid = 'order_items'::regclass and attname = 'status' and attgenerated = 's'`);
  const expression = rows[0]?.expression;
  if (expression === undefined) throw new Error('order_items.status is not generated');
  return expression;
}

async function statusesInDatabase(database: pg.Client, splits: readonly Buckets[]): Promise<string[]> {
  const { rows } = await database.query<{ status: string }>(
    `select ${await statusExpression(database)} as status
     from unnest(${BUCKETS.map((_, index) => `$${index + 1}::int[]`).join(', ')})
       with ordinality as items (${BUCKETS.join(', ')}, position)
     order by position`,
    BUCKETS.map((column) => splits.map((buckets) => buckets[column])),
  );
  return rows.map((row) => row.status);
}

it('the generated status column is itemStatus()', { timeout: TIMEOUT_MS }, async () => {
  const created = await createDatabase();
  const database = new pg.Client({ connectionString: created.url });
  await database.connect();
  try {
    const splits = fc.sample(split, SPLITS);
    const statuses = await statusesInDatabase(database, splits);
    expect(statuses).toHaveLength(SPLITS);
    splits.forEach((buckets, index) => {
      expect(statuses[index], JSON.stringify(buckets)).toBe(itemStatus(buckets));
    });
    expect(new Set(statuses).size).toBe(9);
  } finally {
    await database.end();
    await created.drop();
  }
});
