/**
 * Reports never take more than their share: two at once, the rest in turn; given up when they take too long, and when nobody
 * waits for them any more; what is free afterwards is used by the next.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReportDesk } from '../../../src/app/reports/report-desk.ts';
import { type Database, openDatabase, type Tx } from '../../../src/db/database.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';

const server = useTestServer();
let db: Database;
let beside: Database;

beforeAll(() => {
  db = openDatabase({ url: server().databaseUrl, connections: 3 });
  beside = openDatabase({ url: server().databaseUrl, connections: 1 });
});
afterAll(async () => {
  await db.destroy();
  await beside.destroy();
});

/** How many reports the database runs just now. */
async function running(): Promise<number> {
  const { rows } = await sql<{ sleeping: number }>`
    select count(*) as sleeping from pg_stat_activity
    where datname = current_database() and state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`.execute(
    beside,
  );
  return rows[0]?.sleeping ?? 0;
}

const sleep = async (tx: Tx) => await sql`select pg_sleep(600)`.execute(tx);

describe('the desk of reports', () => {
  it('runs two at once, the third when one has gone', async () => {
    const desk = new ReportDesk(db);
    const leave: (() => void)[] = [];
    const runs = [0, 1, 2].map(() => desk.run(sleep, (listener) => leave.push(listener)));
    await eventually('two run', async () => ((await running()) === 2 ? true : undefined));
    for (const listener of [...leave]) listener();
    const ended = await Promise.all(runs);
    expect(ended.every(({ ok }) => !ok)).toBe(true);
    expect(await running()).toBe(0);
    expect(await desk.run(async () => 7)).toEqual({ ok: true, value: 7 });
  });

  it('gives up what takes too long, and says so', async () => {
    const desk = new ReportDesk(db, { timeLimitMs: 50 });
    expect(await desk.run(sleep)).toMatchObject({
      ok: false,
      refusal: { code: 'report_too_slow', message: expect.stringContaining('given up after 0.05 s') },
    });
  });

  it('refuses more than may wait', async () => {
    const desk = new ReportDesk(db);
    const leave: (() => void)[] = [];
    const runs = Array.from({ length: 22 }, () => desk.run(sleep, (listener) => leave.push(listener)));
    await eventually('two run', async () => ((await running()) === 2 ? true : undefined));
    expect(await desk.run(async () => 7)).toMatchObject({ ok: false, refusal: { code: 'reports_busy' } });
    for (const listener of [...leave]) listener();
    await eventually('all are gone', async () => {
      for (const listener of [...leave]) listener();
      return (await running()) === 0 ? true : undefined;
    });
    await Promise.all(runs);
  });

  it('reads one snapshot, whatever happens meanwhile', async () => {
    const desk = new ReportDesk(db);
    const count = async (on: Tx | Database) =>
      (await sql<{ rows: number }>`select count(*) as rows from saved_reports`.execute(on)).rows[0]?.rows;
    const ran = await desk.run(async (tx) => {
      const before = await count(tx);
      await sql`insert into saved_reports (code, name, definition) values ('x', 'x', '{}')`.execute(beside);
      return [before, await count(tx), await count(beside)];
    });
    expect(ran).toEqual({ ok: true, value: [0, 0, 1] });
  });

  it('is left by a page that goes away', async () => {
    const leaving = new AbortController();
    const slow = fetch(
      `${server().address}/v1/reports/results?report=${encodeURIComponent('{"measures":["items"]}')}`,
      {
        signal: leaving.signal,
      },
    );
    leaving.abort();
    await expect(slow).rejects.toThrow();
    const report = { report: '{"measures":["items"]}' };
    expect(await server().client.must('runReport', { query: report })).toMatchObject({ measures: ['items'] });
  });
});
