/**
 * Proof: figures of custom reports are right. A random history of order items is played through the API, with rests at which
 * reports are read; its times are then stretched over two months, as if it had taken so long. Each measure by each of
 * its dimensions is compared with a plain computation over what `allot export` gives (proofs/support/plain-reports);
 * sums of cells with their totals; and reports as of each rest with what they said then. All of it twice: as the database
 * answers, and as the report store does.
 *
 *   npm run proof:reports -- [--items 20000] [--moments 50] [--seed 1]
 *
 * Exits 1 when one figure differs.
 */
import { sql } from 'kysely';
import { startProgress } from '../../src/cli/progress.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { AnswerOf } from '../../src/contract/operations.ts';
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import type { DimensionId } from '../../src/contract/reports/report-dimensions.ts';
import { dimensionsFor, kindOf } from '../../src/contract/reports/report-dimensions.ts';
import { addsUp, MEASURE_IDS, MEASURES, type MeasureId } from '../../src/contract/reports/report-measures.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { startNode } from '../../src/node.ts';
import { removeFolder, temporaryFolder, withDatabase } from '../support/embedded.ts';
import { numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { readPlainFacts } from './support/plain-facts.ts';
import { type PlainFigures, plainSubjects } from './support/plain-reports.ts';
import { runProof } from './support/proof-data.ts';
import { type History, openShopForReports, playStretch } from './support/report-history.ts';
import { storeReady } from './support/store-ready.ts';

const { items, moments, seed } = numberOptions({ items: 20_000, moments: 50, seed: 1 });

/** Days that the history is stretched over. */
const DAYS = 60;
const DAY_MS = 86_400_000;
/** Figures that are computed in floating point may differ so little, relative to their size. */
const TOLERANCE = 1e-9;
/** Days are read to the millisecond and computed to the microsecond. */
const DAY_TOLERANCE = 1e-6;

type Report = AnswerOf<'runReport'>;

async function run(client: Client, report: ReportInput): Promise<Report> {
  return await client.must('runReport', { query: { report: JSON.stringify(report) } });
}

/** What is read at each rest, and again as of it: by dimensions that no clock changes. */
const PAST: readonly ReportInput[] = [
  {
    measures: [
      'items',
      'orders',
      'ordered_units',
      'waiting_units',
      'allocated_units',
      'shipped_units',
      'waited_items',
      'filled_items',
    ],
    by: [{ dimension: 'status' }],
    across: { dimension: 'channel' },
  },
  {
    measures: ['unit_fill_rate', 'order_fill_rate', 'given_up_units', 'taken_back_units', 'backorder_rate'],
    by: [{ dimension: 'product' }],
    limit: 1000,
  },
  { measures: ['value', 'waiting_value'], by: [{ dimension: 'kind' }] },
  { measures: ['units_given', 'units_lost', 'units_dropped', 'units_out'], by: [{ dimension: 'cause' }] },
  { measures: ['refused_orders', 'lost_units'], by: [{ dimension: 'product' }], limit: 1000 },
];

interface Rest {
  readonly at: number;
  readonly said: readonly Report[];
}

async function play(history: History): Promise<Rest[]> {
  await openShopForReports(history);
  const progress = startProgress({ label: 'history', total: moments, unit: 'rests' });
  const rests: Rest[] = [];
  const orders: number[] = [];
  for (let number = 0; number < moments; number++) {
    await playStretch(history, { number, items: items / moments, orders });
    const said = [];
    for (const report of PAST) said.push(await run(history.client, report));
    rests.push({ at: Date.parse(said[0]?.asOf ?? ''), said });
    progress.advance();
  }
  progress.finish();
  return rests;
}

/** An affine map of times onto the two months before now; promised days are strewn around. */
interface Stretch {
  readonly from: number;
  readonly factor: number;
  readonly end: number;
}

async function stretch(db: Database): Promise<Stretch> {
  const { rows } = await sql<{ from: number; end: number }>`
    select min(recorded_at) as "from", date_trunc('milliseconds', clock_timestamp()) as "end" from item_events`.execute(
    db,
  );
  const { from = 0, end = 1 } = rows[0] ?? {};
  const factor = Math.floor((DAYS * DAY_MS) / (end - from));
  const mapped = (column: string) => {
    const at = sql.ref(column);
    return sql`${at} = ${new Date(end)}::timestamptz - (${new Date(end)}::timestamptz - ${at}) * ${sql.lit(factor)}::int`;
  };
  await sql`update orders set ${mapped('placed_at')}`.execute(db);
  await sql`update order_items set ${mapped('waiting_since')}`.execute(db);
  for (const table of ['item_events', 'order_refusals', 'promise_events']) {
    await sql`update ${sql.table(table)} set ${mapped('recorded_at')}`.execute(db);
  }
  await sql`update purchase_orders set ${mapped('sent_at')} where sent_at is not null`.execute(db);
  await sql`select setseed(${seed / 2 ** 31})`.execute(db);
  await sql`
    insert into promises (order_id, line, product_id, first_on, first_told_at, told, told_on, told_at, waiting, events)
    select i.order_id, i.line, i.product_id,
      (o.placed_at + random() * interval '20 days')::date, o.placed_at,
      jsonb_build_array(jsonb_build_object('units', i.ordered / 2, 'on', '2030-01-01'),
        jsonb_build_object('units', 1, 'on', case when random() < 0.5 then '2030-02-01' end)),
      (o.placed_at + random() * interval '30 days')::date, o.placed_at, false, 1
    from order_items i join orders o on o.id = i.order_id
    where (i.order_id + i.line) % 3 = 0
    on conflict (order_id, line) do update set first_on = excluded.first_on, told_on = excluded.told_on,
      told = excluded.told`.execute(db);
  await sql`
    update purchase_order_receipts set received_on = current_date - (random() * 30)::int`.execute(db);
  await sql`
    update expected_dates set expected_on = current_date - (random() * 30)::int where number = 1`.execute(db);
  return { from, end, factor };
}

const differences: string[] = [];

interface Figures {
  readonly found: number | string | null;
  readonly plain: number | bigint | null;
  readonly isDays: boolean;
}

function compare(what: string, { found, plain, isDays }: Figures): void {
  if (found === null || plain === null) {
    if (found !== plain) differences.push(`${what}: ${found}, plainly ${plain}`);
    return;
  }
  if (typeof plain === 'bigint') {
    if (BigInt(found) !== plain) differences.push(`${what}: ${found}, plainly ${plain}`);
    return;
  }
  const allowed = Math.max(isDays ? DAY_TOLERANCE : 0, Math.abs(plain) * TOLERANCE);
  if (Math.abs(Number(found) - plain) > allowed) differences.push(`${what}: ${found}, plainly ${plain}`);
}

/** A measure by a dimension, figure by figure. @returns how many */
function compareFigures(measure: MeasureId, dimension: DimensionId, { report, plain }: Compared): number {
  const isDays = MEASURES[measure].kind === 'days';
  const isMoney = MEASURES[measure].kind === 'money' && dimension !== 'currency';
  const seen = new Set<string | null>();
  let figures = 1;
  compare(`${measure}, total`, { found: report.total.values[0] ?? null, plain: plain.total, isDays });
  for (const { keys, values } of report.rows) {
    // money is answered by currency too; only groups of one currency are compared
    const key = keys[0] ?? null;
    const alone = report.rows.filter((row) => row.keys[0] === key).length === 1;
    if (isMoney && !alone) continue;
    seen.add(key);
    figures += 1;
    compare(`${measure} by ${dimension}, ${key}`, {
      found: values[0] ?? null,
      plain: plain.by.get(key) ?? nothingOf(measure),
      isDays,
    });
  }
  if (!isMoney && [...plain.by.keys()].some((key) => !seen.has(key))) {
    differences.push(`${measure} by ${dimension}: a row is missing`);
  }
  return figures;
}

interface Compared {
  readonly report: Report;
  readonly plain: PlainFigures;
}

/** Periods without anything are listed, too. */
function nothingOf(measure: MeasureId): number | bigint | null {
  if (MEASURES[measure].kind === 'money') return 0n;
  return addsUp(measure) || MEASURES[measure].kind === 'distinct' ? 0 : null;
}

async function compareAll(client: Client, db: Database): Promise<number> {
  const facts = await readPlainFacts(db);
  const now = Date.parse((await run(client, { measures: ['items'] })).asOf);
  const subjects = plainSubjects(facts, now);
  say(
    `${facts.items.length} items, ${facts.refusals.length} refusals, ${facts.purchases.length} purchase order lines`,
  );
  const missing = MEASURE_IDS.filter((id) => !subjects[MEASURES[id].subject].measures.includes(id));
  for (const id of missing) differences.push(`${id} has no plain computation`);
  let figures = 0;
  for (const measure of MEASURE_IDS) {
    const plain = subjects[MEASURES[measure].subject];
    for (const dimension of dimensionsFor([measure])) {
      if (!plain.dimensions.includes(dimension)) continue;
      const by = [{ dimension, ...(kindOf(dimension) === 'date' && { every: 'day' as const }) }];
      const report = await run(client, { measures: [measure], by, limit: 1000 });
      // the clock of the report is the clock of the plain figures
      const at = Date.parse(report.asOf);
      const stood = dependsOnClock(measure, dimension) ? plainSubjects(facts, at) : subjects;
      const figured = stood[MEASURES[measure].subject].figures(measure, dimension);
      figures += compareFigures(measure, dimension, { report, plain: figured });
    }
  }
  return figures;
}

/** Days go on, and what was ordered a day ago becomes older than a day, while figures are compared. */
function dependsOnClock(measure: MeasureId, dimension: DimensionId): boolean {
  return MEASURES[measure].kind === 'days' || dimension === 'age' || /_fill_rate_\d+$/.test(measure);
}

/** Totals of what adds up are the sums of their rows, columns and cells. @returns how many totals */
async function compareSums(client: Client): Promise<number> {
  const report = await run(client, {
    measures: [
      'items',
      'ordered_units',
      'waiting_units',
      'allocated_units',
      'waited_items',
      'given_up_units',
    ],
    by: [{ dimension: 'channel' }, { dimension: 'status' }],
    across: { dimension: 'placed', every: 'week' },
    limit: 1000,
  });
  const { total, rows, columns, measures } = report;
  let totals = 0;
  for (const [index, measure] of measures.entries()) {
    const add = (values: readonly (number | string | null | undefined)[]) =>
      values.reduce<number>((sum, value) => sum + Number(value), 0);
    const check = (what: string, found: number | string | null | undefined, parts: number) => {
      totals += 1;
      if (Number(found) !== parts) differences.push(`${measure}, ${what}: ${found}, its parts ${parts}`);
    };
    check('rows', total.values[index], add(rows.map(({ values }) => values[index])));
    check('columns', total.values[index], add(total.cells.map((cell) => cell[index])));
    for (const row of rows)
      check(`row ${row.keys}`, row.values[index], add(row.cells.map((cell) => cell[index])));
    for (const at of columns.keys()) {
      check(
        `column ${columns[at]}`,
        total.cells[at]?.[index],
        add(rows.map(({ cells }) => cells[at]?.[index])),
      );
    }
  }
  return totals;
}

async function comparePast(
  client: Client,
  rests: readonly Rest[],
  { end, factor }: Stretch,
): Promise<number> {
  let figures = 0;
  for (const [index, { at, said }] of rests.entries()) {
    const asOf = new Date(end - (end - at) * factor).toISOString();
    for (const [which, report] of PAST.entries()) {
      const then = said[which];
      const now = await run(client, { ...report, asOf });
      figures += 1;
      if (JSON.stringify(lines(now)) !== JSON.stringify(lines(then))) {
        differences.push(`report ${which} as of rest ${index} (${asOf}) is not what it was`);
      }
    }
  }
  return figures;
}

function lines(report: Report | undefined) {
  return { columns: report?.columns, rows: report?.rows, total: report?.total };
}

interface Played {
  readonly address: string;
  readonly db: Database;
  readonly rests: readonly Rest[];
  readonly stretched: Stretch;
}

async function compareOn(source: string, { address, db, rests, stretched }: Played): Promise<void> {
  const client = createClient(address);
  const before = differences.length;
  const figures = await compareAll(client, db);
  const totals = await compareSums(client);
  const past = await comparePast(client, rests, stretched);
  say(
    `${source}: ${figures} figures of ${MEASURE_IDS.length} measures, ${totals} totals, ${past} reports as of ${rests.length} past moments: ${differences.length - before} differ (seed ${seed})`,
  );
}

async function onNode<Value>(
  options: Parameters<typeof startNode>[0],
  story: (address: string) => Promise<Value>,
): Promise<Value> {
  const node = await startNode(options);
  try {
    return await story(node.address);
  } finally {
    await node.stop();
  }
}

await runProof(
  async () =>
    await withDatabase('reports', async (databaseUrl) => {
      const rests = await onNode({ databaseUrl }, (address) =>
        play({ client: createClient(address), address, random: seededRandom(seed) }),
      );
      const db = openDatabase({ url: databaseUrl, connections: 2 });
      const stretched = await stretch(db);
      // nothing moves any more while figures are compared
      const still = { databaseUrl, fillWorker: false };
      await onNode(still, (address) => compareOn('database', { address, db, rests, stretched }));
      const folder = await temporaryFolder('report-store');
      await onNode({ ...still, reportStore: { folder, fromItems: 0 } }, async (address) => {
        await storeReady(address);
        await compareOn('report store', { address, db, rests, stretched });
      });
      await removeFolder(folder);
      for (const difference of differences.slice(0, 40)) say(difference);
      await db.destroy();
      return differences.length === 0 ? 0 : 1;
    }),
);
