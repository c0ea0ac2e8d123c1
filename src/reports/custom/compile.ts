/**
 * A report of one subject as one statement: its groups, its totals down, across and over all, and of the rows only the first
 * ones in the order that was asked for. One pass over the facts makes all of them, so that they agree.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReportDefinition } from '../../contract/report-definition.ts';
import { everyOf } from '../../contract/report-dimensions.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/report-measures.ts';
import { areOneOf, chosenBy, keyOf, type Range } from './dimensions.ts';
import { AGGREGATES } from './measures.ts';
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
  return sql`
    with f as (
      select ${sql.join([
        ...keys.map(({ is }, index) => sql`${is} as ${sql.ref(`k${index}`)}`),
        ...(overKey === undefined ? [] : [sql`${overKey.is} as k`]),
        sql`f.*`,
      ])}
      from (${source.facts(subject, [...columns], report.asOf)}) as f
      where ${sql.join([sql`true`, ...chosen.conditions], sql` and `)}
    ), g as materialized (
      select ${sql.join([
        ...down,
        ...(overKey === undefined ? [] : [sql`k`]),
        sql`${by.length === 0 ? sql`1` : sql`grouping(k0)`} as is_total`,
        sql`${overKey === undefined ? sql`1` : sql`grouping(k)`} as is_whole`,
        ...measures.map((id, index) => sql`${AGGREGATES[id].is} as ${sql.ref(`m${index}`)}`),
      ])}
      from f ${grouping(down, overKey !== undefined)}
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

/** Each row, each column, each cell, and all of it. */
function grouping(down: readonly Sql[], hasAcross: boolean): Sql {
  const rows = sql.join(down);
  const sets: Sql[] = [sql`()`];
  if (down.length > 0) sets.push(sql`(${rows})`);
  if (hasAcross) sets.push(sql`(k)`);
  if (hasAcross && down.length > 0) sets.push(sql`(${rows}, k)`);
  return sql`group by grouping sets (${sql.join(sets)})`;
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
