/**
 * A report of one subject as one statement: its groups, its totals down, across and over all, and of the rows and columns
 * only the first ones in the order that was asked for. Sums and counts are taken once, for the cells, and add up to the
 * totals; what does not add up is taken for each total anew.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReportDefinition } from '../../contract/report-definition.ts';
import { everyOf } from '../../contract/report-dimensions.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/report-measures.ts';
import { areOneOf, chosenBy, type Key, keyOf, type Range } from './dimensions.ts';
import { ROWS_OF_ORDER } from './fact-sources.ts';
import { type AddedUp, AGGREGATES, EVERY, type Ingredient, MERGED_BY } from './measures.ts';
import { countedFor, countOrders } from './order-counts.ts';
import type { OrderCounts } from './order-families.ts';
import type { ReportSource } from './source.ts';
import { groupedBy, joinedTo, setsOf, totalled } from './totals.ts';

type Sql = RawBuilder<unknown>;

export interface Part {
  readonly subject: Subject;
  readonly measures: readonly MeasureId[];
  readonly range: Range;
  /** Only these rows, whatever their order; the first ones of the report when absent. */
  readonly only?: readonly (readonly (string | null)[])[] | undefined;
  /** Most rows, and most columns. */
  readonly limit: number;
  readonly columns: number;
}

/** Groups down as t0, t1 …, the one across as a; measures as m0, m1 … */
export interface CompiledRow {
  readonly [column: string]: string | number | null;
}

function names(prefix: string, length: number): Sql[] {
  return Array.from({ length }, (_, index) => sql.ref(`${prefix}${index}`));
}

interface Keyed {
  readonly down: readonly Key[];
  readonly over: Key | undefined;
  /** All of them by the names of their columns: k0, k1 …, and k across. */
  readonly all: ReadonlyMap<string, Key>;
  /** Sets of those names: what there are totals by. */
  readonly sets: string[][];
}

function keyed({ by, across }: ReportDefinition): Keyed {
  const down = by.map(keyOf);
  const over = across === undefined ? undefined : keyOf(across);
  const rows = down.map((key, index) => [`k${index}`, key] as const);
  const all = new Map(over === undefined ? rows : [...rows, ['k', over] as const]);
  return { down, over, all, sets: setsOf([...new Map(rows).keys()], over && 'k') };
}

interface Named {
  /** x0, x1 … */
  readonly name: string;
  readonly ingredient: Ingredient;
}

function ingredientsOf(measures: readonly MeasureId[]): Named[] {
  return measures
    .flatMap((id) => AGGREGATES[id].ingredients)
    .map((ingredient, index) => ({ name: `x${index}`, ingredient }));
}

/** Measures m0, m1 … over their ingredients, each in the columns of its kind. */
function figuresOf(measures: readonly MeasureId[], named: readonly Named[]): Sql[] {
  const values = named.map(({ name, ingredient: { kind } }) => {
    const from = kind === 'orders' ? 'order_counts' : kind === 'whole' ? 'wholes' : 's';
    return sql`${sql.ref(from)}.${sql.ref(name)}`;
  });
  return measures.map((id, index) => {
    const { ingredients, is } = AGGREGATES[id];
    return sql`${is(values.splice(0, ingredients.length))} as ${sql.ref(`m${index}`)}`;
  });
}

/** Of cells, and of totals what those of cells come to. */
function addedUp(
  named: readonly Named[],
  { all }: Keyed,
): { readonly ofRows: Sql[]; readonly ofCells: Sql[] } {
  const [ofRows, ofCells]: [Sql[], Sql[]] = [[], []];
  for (const { name, ingredient } of named) {
    if (ingredient.kind === 'orders' || ingredient.kind === 'whole') continue;
    ofRows.push(sql`${ofCell(ingredient, all)} as ${sql.ref(name)}`);
    ofCells.push(sql`${sql.raw(MERGED_BY[ingredient.kind])}(${sql.ref(name)}) as ${sql.ref(name)}`);
  }
  return { ofRows, ofCells };
}

function ofCell(ingredient: AddedUp, keys: Keyed['all']): Sql {
  switch (ingredient.kind) {
    case 'count':
      return only(sql`count(*)`, ingredient.where);
    case 'sum':
      return only(sql`sum(${ingredient.of})`, ingredient.where);
    default: {
      // a cell has only one of what it is grouped by
      const key = [...keys].find(([, { column }]) => column === ingredient.column);
      return key === undefined
        ? sql`${sql.raw(ingredient.kind)}(f.${sql.ref(ingredient.column)})`
        : sql.ref(key[0]);
    }
  }
}

function only(aggregate: Sql, where: Sql): Sql {
  return where === EVERY ? aggregate : sql`${aggregate} filter (where ${where})`;
}

/** What is taken of the facts anew for each total, of the rows that matter to any of it; undefined when nothing is. */
function wholesOf(named: readonly Named[], { all, sets }: Keyed): Sql | undefined {
  const wholes = named.flatMap(({ name, ingredient }) =>
    ingredient.kind === 'whole' ? [{ name, ...ingredient }] : [],
  );
  if (wholes.length === 0) return undefined;
  const figures = wholes.map(({ name, is }) => sql`${is} as ${sql.ref(name)}`);
  const matters = wholes.map(({ where }) => sql`(${where})`);
  return totalled(all, sets, { figures, from: sql`f where ${sql.join(matters, sql` or `)}` });
}

function countsOf(named: readonly Named[]): ReadonlyMap<string, Sql> {
  return new Map(
    named.flatMap(({ name, ingredient }) =>
      ingredient.kind === 'orders' ? [[name, ingredient.where] as const] : [],
    ),
  );
}

/**
 * Rows of `t…`, `a`, `m…`, with `is_total` (of all rows), `is_whole` (of all columns), `rank` of the row, and how many rows
 * and columns there would be: `groups`, `across`.
 */
export function compile(source: ReportSource, report: ReportDefinition, part: Part): Sql {
  const keys = keyed(report);
  const named = ingredientsOf(part.measures);
  const counts = { keys: keys.all, sets: keys.sets, counts: countsOf(named) };
  const hasCounts = counts.counts.size > 0;
  const wholes = wholesOf(named, keys);
  const { ofRows, ofCells } = addedUp(named, keys);
  const columns = [...keys.all.keys()].map((key) => sql.ref(key));
  const grouped = columns.length === 0 ? sql`` : sql`group by ${sql.join(columns)}`;
  const isTotal = keys.down.length === 0 ? sql`1` : sql`grouping(k0)`;
  const isWhole = keys.over === undefined ? sql`1` : sql`grouping(k)`;
  const whose = [...columns, sql`is_total`, sql`is_whole`].map((each) => sql`s.${each}`);
  // what counts for orders is not worked out twice
  const isPutAside = hasCounts || !source.isCheapToReread;
  return sql`
    with f as ${isPutAside ? sql`` : sql`not materialized`} (${factsOf(source, report, { part, keys, counts })}),
    cells as (select ${orOne([...columns, ...ofRows])} from f ${grouped}),
    sums as (
      select ${sql.join([...columns, sql`${isTotal} as is_total`, sql`${isWhole} as is_whole`, ...ofCells])}
      from cells ${groupedBy(keys.sets)}
    ),
    ${wholes === undefined ? sql`` : sql`wholes as (${wholes}),`}
    ${hasCounts ? sql`${countOrders(counts)},` : sql``}
    g as materialized (
      select ${sql.join([...whose, ...figuresOf(part.measures, named)])} from sums s
        ${wholes === undefined ? sql`` : joinedTo(keys.all, 'wholes')}
        ${hasCounts ? joinedTo(keys.all, 'order_counts') : sql``}
    ),
    ${shownOf(report, part, keys)}`;
}

/** A select has to have something. */
function orOne(list: readonly Sql[]): Sql {
  return list.length === 0 ? sql`1 as one` : sql.join(list);
}

/** The facts that the report is about: their keys, for which counts they count, and what else figures are made of. */
function factsOf(
  source: ReportSource,
  report: ReportDefinition,
  { part, keys, counts }: { readonly part: Part; readonly keys: Keyed; readonly counts: OrderCounts },
): Sql {
  const hasCounts = counts.counts.size > 0;
  const chosen = chosenBy(report, part.range);
  const ofFigures = new Set([
    ...part.measures.filter(isOfRows).flatMap((id) => AGGREGATES[id].columns),
    ...(hasCounts ? ['order_id', ...Object.values(ROWS_OF_ORDER)] : []),
  ]);
  const columns = new Set([
    ...ofFigures,
    ...[...keys.all.values()].map(({ column }) => column),
    ...part.measures.flatMap((id) => AGGREGATES[id].columns),
    ...chosen.columns,
  ]);
  const grouped = [...keys.all].map(([name, { is }]) => sql`${is} as ${sql.ref(name)}`);
  const kept = [...ofFigures].map((name) => sql`f.${sql.ref(name)}`);
  return sql`
    select ${orOne([...grouped, ...(hasCounts ? [countedFor(counts)] : []), ...kept])}
    from (${source.facts(part.subject, [...columns], report.asOf)}) as f
    where ${sql.join([sql`true`, ...chosen.conditions], sql` and `)}`;
}

/** Whether it is more than counts of orders. */
function isOfRows(id: MeasureId): boolean {
  return AGGREGATES[id].ingredients.some(({ kind }) => kind !== 'orders');
}

/** Of the groups `g` the first rows and columns with their cells, and the totals. */
function shownOf(report: ReportDefinition, part: Part, { down, over }: Keyed): Sql {
  const [columns, texts, figures] = [
    names('k', down.length),
    names('t', down.length),
    names('m', part.measures.length),
  ];
  const order = orderOf(report, part);
  const named = down.map(({ text }, index) => {
    const key = sql`g.${sql.ref(`k${index}`)}`;
    return sql`${text(key)} as ${sql.ref(`t${index}`)}`;
  });
  const across = over === undefined ? [] : [sql`${over.text(sql`g.k`)} as a`];
  const ofAll = sql`from g where is_total = 1 and is_whole = 0`;
  const isShown = sql`g.is_whole = 1 or g.k in (select k ${ofAll} order by ${firstAcross(report)} limit ${sql.lit(part.columns)})`;
  return sql`
    each as (
      select * from (select ${sql.join([sql`g.*`, ...named])} from g where is_total = 0 and is_whole = 1) as e
      where ${part.only === undefined || down.length === 0 ? sql`true` : areOneOf(texts, part.only)}
    ), ranked as (
      select ${sql.join([...columns, ...texts, sql`0 as is_total`, sql`row_number() over (order by ${order}) as rank`])}
      from (select * from each order by ${order} limit ${sql.lit(part.limit)}) as first
    )
    select ${sql.join([...texts, ...across, ...figures])}, g.is_total, g.is_whole, ranked.rank,
      (select count(*) from each) as groups, (select count(*) ${ofAll}) as across
    from g left join ranked on ${sql.join(
      [sql`g.is_total = ranked.is_total`, ...columns.map((key) => sql`g.${key} = ranked.${key}`)],
      sql` and `,
    )}
    where (g.is_total = 1 or ranked.rank is not null) and ${over === undefined ? sql`true` : sql`(${isShown})`}`;
}

/** The latest days; of anything else those with the most of the first measure. */
function firstAcross({ across }: ReportDefinition): Sql {
  return across !== undefined && everyOf(across) !== undefined ? sql`k desc` : sql`m0 desc nulls last, k`;
}

/** As asked; else days as they follow each other, and anything else by the first measure, most first. */
function orderOf(report: ReportDefinition, { measures }: Part): Sql {
  const keys = names('t', report.by.length);
  const sorted = sortedBy(report);
  if (sorted === undefined) return keys.length === 0 ? sql`1` : sql.join(keys);
  const at = measures.indexOf(sorted.measure);
  const direction = sorted.direction === 'ascending' ? sql`asc` : sql`desc`;
  if (at < 0) return keys.length === 0 ? sql`1` : sql.join(keys);
  return sql.join([sql`${sql.ref(`m${at}`)} ${direction} nulls last`, ...keys]);
}

export function sortedBy(report: ReportDefinition): ReportDefinition['sort'] {
  const [first] = report.by;
  if (report.sort !== undefined) return report.sort;
  if (first === undefined || everyOf(first) !== undefined || first.dimension === 'age') return undefined;
  const [measure] = report.measures;
  return measure === undefined ? undefined : { measure, direction: 'descending' };
}

export function measuresOf(report: ReportDefinition, subject: Subject): MeasureId[] {
  return report.measures.filter((id) => MEASURES[id].subject === subject);
}
