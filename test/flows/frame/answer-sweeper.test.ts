/** Answers under keys are forgotten when they are old enough: all of them at once, and no younger one. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { AnswerSweeper } from '../../../src/jobs/answer-sweeper.ts';
import { createDatabase, type TestDatabase } from '../../support/database.ts';

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

async function keep(prefix: string, days: number): Promise<void> {
  await sql`
    insert into idempotency_keys (key, operation, contents_hash, answer, recorded_at)
    select ${prefix} || n, 'holdOrder', 'x', '{}', now() - make_interval(days => ${days}, secs => n / 1000.0)
    from generate_series(1, 12000) as n`.execute(db);
}

async function kept(prefix: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from idempotency_keys where key like ${`${prefix}%`}`.execute(db);
  return rows[0]?.count ?? 0;
}

test('one sweep forgets everything that is old, however much, and two at once are no harm', async () => {
  await keep('old', 31);
  await keep('young', 29);
  const sweepers = [new AnswerSweeper(db), new AnswerSweeper(db)];
  await Promise.all(sweepers.map((sweeper) => sweeper.sweep()));
  expect([await kept('old'), await kept('young')]).toEqual([0, 12_000]);
});

test('a sweep that is stopped ends after the transaction under way', async () => {
  await keep('later', 31);
  const sweeper = new AnswerSweeper(db);
  const swept = sweeper.sweep();
  await sweeper.stop();
  await swept;
  const left = await kept('later');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(12_000);
});
