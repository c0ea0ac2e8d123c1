/**
 * Two nodes that say the risks of a day at the same time, or judge those of an earlier one, take the rows in
 * one order: while one waits for a row in the middle, those behind it are free. Taken as they come, they
 * would wait for each other.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase, type Tx } from '../../src/db/database.ts';
import { judgeScores, keepScores } from '../../src/db/supply/risk-scores.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

const DAYS = 14;
const DESCENDING = [3, 2, 1];
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase({ url: database.url, connections: 3 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});
beforeEach(async () => {
  await sql`truncate risk_scores`.execute(db);
});

/** Without the second attempt that a story has: who waits for each other fails here. */
function inOneGo(story: (tx: Tx) => Promise<void>): Promise<void> {
  return db.transaction().execute(story);
}

function keep(tx: Tx, products: readonly number[]): Promise<void> {
  const scores = products.map((product) => ({ product, permille: product }));
  return keepScores(tx, scores, DAYS);
}

async function someoneWaits(): Promise<void> {
  await eventually('somebody waits for a lock', async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db,
    );
    return rows.length > 0 ? true : undefined;
  });
}

test('risks are kept in the order of the products', async () => {
  let other: Promise<void> | undefined;
  await inOneGo(async (tx) => {
    await keep(tx, [2]);
    other = inOneGo((beside) => keep(beside, DESCENDING));
    await someoneWaits();
    await keep(tx, [3]);
  });
  await other;
  const { rows } = await sql<{ product_id: number }>`select product_id from risk_scores order by 1`.execute(
    db,
  );
  expect(rows.map(({ product_id }) => product_id)).toEqual([1, 2, 3]);
});

test('risks are judged in the order of the products', async () => {
  for (const product of DESCENDING) {
    await sql`insert into risk_scores values (${product}, current_date - 30, ${DAYS}, 500, null)`.execute(db);
  }
  const lock = (tx: Tx, product: number) =>
    sql`select from risk_scores where product_id = ${product} for update`.execute(tx);
  let other: Promise<void> | undefined;
  await inOneGo(async (tx) => {
    await lock(tx, 2);
    other = inOneGo(judgeScores);
    await someoneWaits();
    await lock(tx, 3);
  });
  await other;
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from risk_scores where was_short is null`.execute(db);
  expect(rows).toEqual([{ open: 0 }]);
});
