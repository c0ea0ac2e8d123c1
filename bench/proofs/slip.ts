/**
 * Proof: promised days keep their confidence. Real purchase deliveries are parted by their scheduled day: the first
 * two thirds are learnt from, the rest is promised at 50, 80 and 90 %. Shares kept must lie within five points of
 * each level, and the median must miss by fewer days in the mean than the schedule. The last line is the verdict.
 *
 * Two ways to promise the rest, of which one is judged and both are shown:
 *   - learnt once: nothing of the rest is ever looked at (the default);
 *   - relearnt every so many days (--relearn DAYS), as a shop does: a promise is made 30 days before its scheduled day,
 *     from what had come, and what was overdue, by the last relearning before that moment.
 * What was overdue when learning took place counts as open, however it ended later.
 *
 *   npm run proof:slip -- [--file FILE] [--relearn DAYS] [--learn SHARE] [--until SHARE]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { learnSlip, type SlipModel, type SlipRecord, slipAt } from '../../src/core/supply/slip.ts';
import { dataFile, runProof } from './support/proof-data.ts';

const LEVELS = [0.5, 0.8, 0.9];
const WITHIN = 5;
const AHEAD = 30;
const SHOWN_RELEARN = 7;
const DAY = 86_400_000;

interface Delivery {
  readonly path: readonly string[];
  /** Days since 1970. */
  readonly scheduled: number;
  readonly delivered: number;
}

type Row = Readonly<Record<string, string>>;

function textOf(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`no column ${column}`);
  return text;
}

/** Days since 1970; not a number where the file says something else than a day. */
function dayOf(row: Row, column: string): number {
  return Math.floor(Date.parse(textOf(row, column)) / DAY);
}

/** Deliveries with both days, in the order of their scheduled day. */
function readDeliveries(path: string): Delivery[] {
  const bytes = readFileSync(path);
  const rows: Row[] = parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true });
  return rows
    .map((row) => ({
      path: [textOf(row, 'vendor'), textOf(row, 'item_description')],
      scheduled: dayOf(row, 'scheduled_delivery_date'),
      delivered: dayOf(row, 'delivered_to_client_date'),
    }))
    .filter(({ scheduled, delivered }) => Number.isFinite(scheduled) && Number.isFinite(delivered))
    .sort((a, b) => a.scheduled - b.scheduled);
}

/** What a shop knew on the evening of the day before `today` of what was due before it. */
function knownBy(today: number, deliveries: readonly Delivery[]): SlipRecord[] {
  return deliveries
    .filter(({ scheduled }) => scheduled < today)
    .map(({ path, scheduled, delivered }) => {
      const age = today - scheduled;
      const arrived = delivered < today;
      return { path, days: arrived ? delivered - scheduled : age, arrived, age };
    });
}

/** The model a delivery is promised from. */
type ModelFor = (delivery: Delivery) => SlipModel;

function learntOnce(learning: readonly Delivery[], cutoff: number): ModelFor {
  const model = learnSlip(knownBy(cutoff, learning));
  return () => model;
}

function relearnt(deliveries: readonly Delivery[], every: number): ModelFor {
  let learntAt = -Infinity;
  let model = learnSlip([]);
  return ({ scheduled }) => {
    const today = scheduled - AHEAD;
    if (today - learntAt >= every) {
      learntAt = today;
      model = learnSlip(knownBy(today, deliveries));
    }
    return model;
  };
}

interface Kept {
  kept: number;
  /** A promise one day earlier would have been kept. */
  keptEarlier: number;
  error: number;
}

interface Score {
  readonly title: string;
  readonly promises: number;
  readonly whole: readonly Kept[];
  readonly each: readonly Kept[];
  readonly schedule: Kept;
}

function keep(score: Kept, slip: number, promised: number): void {
  if (slip <= promised) score.kept += 1;
  if (slip < promised) score.keptEarlier += 1;
  score.error += Math.abs(slip - promised);
}

function scoreOf(title: string, rest: readonly Delivery[], modelFor: ModelFor): Score {
  const none = (): Kept => ({ kept: 0, keptEarlier: 0, error: 0 });
  const whole = LEVELS.map(none);
  const each = LEVELS.map(none);
  const schedule = none();
  for (const delivery of rest) {
    const { path } = delivery;
    const slip = delivery.delivered - delivery.scheduled;
    const model = modelFor(delivery);
    keep(schedule, slip, 0);
    for (const [index, confidence] of LEVELS.entries()) {
      for (const [scores, of] of [
        [whole, 'whole'],
        [each, 'each'],
      ] as const) {
        const score = scores[index];
        if (score !== undefined) keep(score, slip, slipAt(model, { path, confidence, of }).days);
      }
    }
  }
  return { title, promises: rest.length, whole, each, schedule };
}

function percentOf(count: number, all: number): number {
  return (100 * count) / all;
}

function fixed(number: number, width: number): string {
  return number.toFixed(1).padStart(width);
}

function tableOf({ title, promises, whole, each, schedule }: Score): string[] {
  const row = (label: string, { kept, keptEarlier, error }: Kept, level: number | undefined): string => {
    const share = percentOf(kept, promises);
    const points = level === undefined ? '     ' : fixed(share - 100 * level, 5);
    const columns = [fixed(share, 6), points, fixed(percentOf(keptEarlier, promises), 8)];
    return `  ${label.padEnd(22)}${String(promises).padStart(9)}  ${columns.join('  ')}  ${fixed(error / promises, 7)}`;
  };
  const rows = (of: string, scores: readonly Kept[]): string[] =>
    scores.map((score, index) => row(`${of}, ${100 * (LEVELS[index] ?? 0)} %`, score, LEVELS[index]));
  return [
    title,
    '  confidence of          promises  kept %  points  a day earlier %  error in days',
    ...rows('the whole', whole),
    ...rows('each', each),
    row('scheduled days', schedule, undefined),
    '',
  ];
}

function verdictOf({ promises, whole, each, schedule }: Score): readonly [string, boolean] {
  const shares = whole.map(({ kept }) => percentOf(kept, promises));
  const error = (each[0]?.error ?? 0) / promises;
  const planned = schedule.error / promises;
  const near = shares.every((share, index) => Math.abs(share - 100 * (LEVELS[index] ?? 0)) <= WITHIN);
  const kept = shares.map((share) => share.toFixed(1)).join(' / ');
  const levels = LEVELS.map((level) => 100 * level).join(' / ');
  const errors = `mean error ${error.toFixed(1)} days (scheduled dates ${planned.toFixed(1)})`;
  return [`slip: kept ${kept} % at ${levels} %, ${errors}`, near && error < planned];
}

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      relearn: { type: 'string' },
      learn: { type: 'string', default: String(2 / 3) },
      until: { type: 'string', default: '1' },
    },
  });
  const deliveries = readDeliveries(dataFile('scms_deliveries.csv.gz', values.file));
  const cutoff = deliveries[Math.floor(deliveries.length * Number(values.learn))]?.scheduled;
  if (cutoff === undefined) throw new Error('no deliveries are left to promise');
  const known = deliveries.slice(0, Math.floor(deliveries.length * Number(values.until)));
  const rest = known.filter(({ scheduled }) => scheduled >= cutoff);
  const every = Number(values.relearn ?? SHOWN_RELEARN);
  const once = scoreOf('learnt once', rest, learntOnce(known, cutoff));
  const often = scoreOf(`relearnt every ${every} days`, rest, relearnt(known, every));
  process.stdout.write(`${[...tableOf(once), ...tableOf(often)].join('\n')}\n`);
  const [line, holds] = verdictOf(values.relearn === undefined ? once : often);
  process.stdout.write(`${line}\n`);
  return holds ? 0 : 1;
}

await runProof(main);
