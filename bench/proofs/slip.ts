/**
 * Proof: promised days keep their confidence, and a plainer rule would not do as well. Real purchase deliveries are promised
 * year by year, from the first year on that has another before it: each 30 days before its scheduled day, as the product does
 * (core/supply/slip, relearnt every week), from what had come, and what was overdue, by then.
 *
 * Beside it stands the plain rule: the quantile of what this supplier's deliveries of the last 365 days were late, of all
 * suppliers' where there are fewer than 20. Compared are the shares kept and the pinball loss, which is least in the long
 * run for the right quantile: a day too late costs the confidence, a day too early the rest.
 *
 *   npm run proof:slip -- [--file FILE] [--ahead 30] [--relearn 7]
 *
 * The last line is the verdict. Exits 1 when in any year at any level the loss is more than the plain rule's, when of all
 * promises together fewer are kept than stated, or in one year fewer by more than five points (suppliers change, and what
 * they will do is known afterwards).
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { renderTable } from '../../src/cli/table.ts';
import { learnSlip, type SlipRecord, slipsOf } from '../../src/core/supply/slip.ts';
import { say } from '../support/options.ts';
import { dataFile, runProof } from './support/proof-data.ts';

const LEVELS = [0.5, 0.8, 0.9] as const;
/** Points that a single year may lie below its level. */
const BELOW = 5;
/** Fewer deliveries than these are no year. */
const LEAST_YEAR = 300;
/** Losses are compared in hundredths of a day. */
const SAME_LOSS = 0.005;
const PLAIN_DAYS = 365;
const PLAIN_LEAST = 20;
const DAY = 86_400_000;

interface Delivery {
  readonly path: readonly [vendor: string, item: string];
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
    .map(
      (row): Delivery => ({
        path: [textOf(row, 'vendor'), textOf(row, 'item_description')],
        scheduled: dayOf(row, 'scheduled_delivery_date'),
        delivered: dayOf(row, 'delivered_to_client_date'),
      }),
    )
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

/** Days after the scheduled one that are promised at a level. */
type Promising = (path: Delivery['path'], level: number) => number;

function productRule(records: readonly SlipRecord[]): Promising {
  const slips = slipsOf(learnSlip(records));
  return (path, confidence) => slips({ path, confidence }).days;
}

function groupsOf<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** What is overdue counts as late as it is by then. */
function plainRule(records: readonly SlipRecord[]): Promising {
  const recent = records.filter(({ age }) => age <= PLAIN_DAYS).toSorted((a, b) => a.days - b.days);
  const bySupplier = groupsOf(recent, ({ path }) => path[0] ?? '');
  return ([vendor], level) => {
    const own = bySupplier.get(vendor) ?? [];
    const from = own.length >= PLAIN_LEAST ? own : recent;
    return from[Math.max(0, Math.ceil(level * from.length) - 1)]?.days ?? 0;
  };
}

interface Tally {
  readonly level: number;
  kept: number;
  loss: number;
}

function note(tally: Tally, late: number): void {
  if (late <= 0) tally.kept += 1;
  tally.loss += late > 0 ? tally.level * late : (tally.level - 1) * late;
}

interface Year {
  readonly name: string;
  promises: number;
  readonly product: readonly Tally[];
  readonly plain: readonly Tally[];
}

function newYear(name: string): Year {
  const none = () => LEVELS.map((level): Tally => ({ level, kept: 0, loss: 0 }));
  return { name, promises: 0, product: none(), plain: none() };
}

function promiseAll(
  deliveries: readonly Delivery[],
  { ahead, relearn }: { readonly ahead: number; readonly relearn: number },
): Year[] {
  const yearOf = ({ scheduled }: Delivery) => new Date(scheduled * DAY).getUTCFullYear();
  const perYear = groupsOf(deliveries, yearOf);
  const whole = (year: number) => (perYear.get(year)?.length ?? 0) >= LEAST_YEAR;
  const years = new Map<number, Year>();
  let learntAt = Number.NEGATIVE_INFINITY;
  let rules: readonly [product: Promising, plain: Promising] | undefined;
  for (const delivery of deliveries) {
    const number = yearOf(delivery);
    if (!whole(number) || !whole(number - 1)) continue;
    const today = delivery.scheduled - ahead;
    if (rules === undefined || today - learntAt >= relearn) {
      learntAt = today;
      const records = knownBy(today, deliveries);
      rules = [productRule(records), plainRule(records)];
    }
    const year = years.get(number) ?? newYear(String(number));
    years.set(number, year);
    year.promises += 1;
    const slip = delivery.delivered - delivery.scheduled;
    for (const [index, level] of LEVELS.entries()) {
      const [product, plain] = [year.product[index], year.plain[index]];
      if (product !== undefined) note(product, slip - rules[0](delivery.path, level));
      if (plain !== undefined) note(plain, slip - rules[1](delivery.path, level));
    }
  }
  return [...years.values()];
}

/** All years as one. */
function together(years: readonly Year[]): Year {
  const all = newYear('all');
  for (const year of years) {
    all.promises += year.promises;
    for (const side of ['product', 'plain'] as const) {
      for (const [index, tally] of all[side].entries()) {
        tally.kept += year[side][index]?.kept ?? 0;
        tally.loss += year[side][index]?.loss ?? 0;
      }
    }
  }
  return all;
}

const keptOf = ({ kept }: Tally, { promises }: Year) => (100 * kept) / promises;
const lossOf = ({ loss }: Tally, { promises }: Year) => loss / promises;

function tableOf(years: readonly Year[]): string {
  const rows = years.flatMap((year) =>
    LEVELS.map((level, index) => {
      const sides = [year.product[index], year.plain[index]].map(
        (tally) => tally ?? { level, kept: 0, loss: 0 },
      );
      const kept = sides.map((tally) => keptOf(tally, year).toFixed(1));
      const losses = sides.map((tally) => lossOf(tally, year).toFixed(2));
      return [year.name, year.promises, `${100 * level} %`, ...kept, ...losses];
    }),
  );
  const right = 'right' as const;
  return renderTable(
    [
      { head: 'year' },
      { head: 'promises', align: right },
      { head: 'level', align: right },
      { head: 'kept %', align: right },
      { head: 'plain rule', align: right },
      { head: 'loss in days', align: right },
      { head: 'plain rule', align: right },
    ],
    rows,
  );
}

/** What speaks against it, in words. */
function faultsOf(years: readonly Year[], all: Year): string[] {
  const lossier = years.flatMap((year) =>
    year.product.flatMap((tally, index) => {
      const plain = year.plain[index];
      const worse = plain !== undefined && lossOf(tally, year) > lossOf(plain, year) + SAME_LOSS;
      return worse ? [`loses more than the plain rule in ${year.name} at ${100 * tally.level} %`] : [];
    }),
  );
  const broken = [...years, all].flatMap((year) =>
    year.product.flatMap((tally) => {
      const least = 100 * tally.level - (year === all ? 0 : BELOW);
      return keptOf(tally, year) < least ? [`keeps too few in ${year.name} at ${100 * tally.level} %`] : [];
    }),
  );
  return [...lossier, ...broken];
}

await runProof(async () => {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      ahead: { type: 'string', default: '30' },
      relearn: { type: 'string', default: '7' },
    },
  });
  const deliveries = readDeliveries(dataFile('scms_deliveries.csv.gz', values.file));
  const years = promiseAll(deliveries, { ahead: Number(values.ahead), relearn: Number(values.relearn) });
  if (years.length === 0) throw new Error('no year has another before it');
  const all = together(years);
  say(tableOf([...years, all]));
  const faults = faultsOf(years, all);
  for (const fault of faults) say(`slip: ${fault}`);
  const figures = (of: (tally: Tally) => string, side: 'product' | 'plain') => all[side].map(of).join(' / ');
  const kept = figures((tally) => keptOf(tally, all).toFixed(1), 'product');
  const loss = (side: 'product' | 'plain') => figures((tally) => lossOf(tally, all).toFixed(2), side);
  say(
    `slip: kept ${kept} % at ${LEVELS.map((level) => 100 * level).join(' / ')} % in ${years.length} years, loss ${loss('product')} days (plain rule ${loss('plain')}), ${faults.length} faults`,
  );
  return faults.length === 0 ? 0 : 1;
});
