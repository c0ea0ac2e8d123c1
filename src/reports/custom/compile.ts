/**
 * A report of one subject as one statement: its groups, its totals down, across and over all, and of the rows only the first
 * ones in the order that was asked for. One pass over the facts makes all of them, so that they agree.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReportDefinition } from '../../contract/report-definition.ts';
import { everyOf } from '../../contract/report-dimensions.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/report-measures.ts';
import { areOneOf, chosenBy, type Key, keyOf, type Range } from './dimensions.ts';
import { AGGREGATES } from './measures.ts';
import { countedFor, countOrders, countsOf, type OrderCounts } from './order-counts.ts';
import type { ReportSource } from './source.ts';

type Sql = RawBuilder<unknown>;

export interface Part {
  readonly subject: Subject;
  readonly measures: readonly MeasureId[];
  readonly range: Range;
  /** Only these rows, whatever their order; the first ones of the report when absent. */
  readonly only?: readonly (readonly (string | null)[])[] | undefined;
  readonly limit: number;
}

/** Groups down as t0, t1 …, the one across as a; measures as m0, m1 … */
export interface CompiledRow {
  readonly [column: string]: string | number | null;
}

function names(prefix: string, length: number): Sql[] {
  return Array.from({ length }, (_, index) => sql.ref(`${prefix}${index}`));
}

/**
 * Rows of `t…`, `a`, `m…`, with `is_total` (of all rows), `is_whole` (of all columns), `rank` of the row and `groups`, how
 * many rows there would be.
 */
export function compile(source: ReportSource, report: ReportDefinition, part: Part): Sql {
  const { subject, measures, range, limit } = part;
  const { by, across } = report;
  const keys = by.map(keyOf);
  const overKey = across === undefined ? undefined : keyOf(across);
  const [down, texts, figures] = [names('k', by.length), names('t', by.length), names('m', measures.length)];
  const chosen = chosenBy(report, range);
  const columns = new Set([
    ...[...keys, ...(overKey === undefined ? [] : [overKey])].map(({ column }) => column),
    ...measures.flatMap((id) => AGGREGATES[id].columns),
    ...chosen.columns,
  ]);
  const order = orderOf(report, part);
  const hasAcross = overKey !== undefined;
  const counts: OrderCounts = {
    keys: new Map([
      ...keys.map(({ all }, index) => [`k${index}`, all] as const),
      ...(overKey === undefined ? [] : [['k', overKey.all] as const]),
    ]),
    sets: setsOf(by.length, hasAcross),
    conditions: conditionsOf(measures),
  };
  const hasCounts = counts.conditions.length > 0;
  const isLate = (id: MeasureId) => hasCounts && AGGREGATES[id].orders.length > 0;
  const isTotal = by.length === 0 ? sql`1` : sql`grouping(k0)`;
  const isWhole = hasAcross ? sql`grouping(k)` : sql`1`;
  return sql`
    with f as (
      select ${sql.join([
        ...keys.map(({ is }, index) => sql`${is} as ${sql.ref(`k${index}`)}`),
        ...(overKey === undefined ? [] : [sql`${overKey.is} as k`]),
        ...countedFor(counts),
        sql`f.*`,
      ])}
      from (${source.facts(subject, [...columns], report.asOf)}) as f
      where ${sql.join([sql`true`, ...chosen.conditions], sql` and `)}
    ), sums as (
      select ${sql.join([
        ...down,
        ...(hasAcross ? [sql`k`] : []),
        sql`${isTotal} as is_total`,
        sql`${isWhole} as is_whole`,
        ...figuresOf(measures, (id) => !isLate(id)),
      ])}
      from f group by grouping sets (${sql.join(counts.sets.map(groupedBy))})
    ), ${hasCounts ? sql`${countOrders(counts)},` : sql``}
    g as materialized (
      select ${sql.join([sql`s.*`, ...figuresOf(measures, isLate)])}
      from sums s ${hasCounts ? countsOf(counts) : sql``}
    ), each as (
      select * from (
        select ${sql.join([
          sql`g.*`,
          ...keys.map(
            ({ text }, index) => sql`${text(sql`g.${sql.ref(`k${index}`)}`)} as ${sql.ref(`t${index}`)}`,
          ),
        ])}
        from g where is_total = 0 and is_whole = 1
      ) as e
      where ${part.only === undefined || by.length === 0 ? sql`true` : areOneOf(texts, part.only)}
    ), ranked as (
      select ${sql.join([...down, ...texts, sql`0 as is_total`, sql`row_number() over (order by ${order}) as rank`])}
      from (select * from each order by ${order} limit ${sql.lit(limit)}) as first
    )
    ${answer(keys, overKey, figures)}`;
}

/** The first rows with their cells, and the totals. */
function answer(keys: readonly Key[], overKey: Key | undefined, figures: readonly Sql[]): Sql {
  const [down, texts] = [names('k', keys.length), names('t', keys.length)];
  return sql`
    select ${sql.join([
      ...texts,
      ...(overKey === undefined ? [] : [sql`${overKey.text(sql`g.k`)} as a`]),
      ...figures,
    ])}, g.is_total, g.is_whole, ranked.rank, (select count(*) from each) as groups
    from g left join ranked on ${sql.join(
      [sql`g.is_total = ranked.is_total`, ...down.map((key) => sql`g.${key} = ranked.${key}`)],
      sql` and `,
    )}
    where g.is_total = 1 or ranked.rank is not null`;
}

/** Each row, each column, each cell, and all of it: the keys by which each is grouped. */
function setsOf(rows: number, hasAcross: boolean): string[][] {
  const down = Array.from({ length: rows }, (_, index) => `k${index}`);
  const ofRows = rows === 0 ? [[]] : [[], down];
  return hasAcross ? [...ofRows, ...ofRows.map((set) => [...set, 'k'])] : ofRows;
}

function groupedBy(set: readonly string[]): Sql {
  return set.length === 0 ? sql`()` : sql`(${sql.join(set.map((key) => sql.ref(key)))})`;
}

/** What orders are counted for; one count alone is left to `count(distinct …)`, which then takes less. */
function conditionsOf(measures: readonly MeasureId[]): readonly Sql[] {
  const all = measures.flatMap((id) => AGGREGATES[id].orders);
  return all.length > 1 ? all : [];
}

/** Figures m0, m1 … of some measures; those of orders over their counts. */
function figuresOf(measures: readonly MeasureId[], isWanted: (id: MeasureId) => boolean): Sql[] {
  const isCounted = conditionsOf(measures).length > 0;
  let first = 0;
  return measures.flatMap((id, index) => {
    const { orders, is } = AGGREGATES[id];
    const counts = orders.map((condition, at) =>
      isCounted
        ? sql`coalesce(n.${sql.ref(`n${first + at}`)}, 0)`
        : sql`count(distinct f.order_id) filter (where ${condition})`,
    );
    first += orders.length;
    return isWanted(id) ? [sql`${is(counts)} as ${sql.ref(`m${index}`)}`] : [];
  });
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
