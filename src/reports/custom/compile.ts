/**
 * A report of one subject as one statement: its groups, its totals down, across and over all, and of the rows only the first
 * ones in the order that was asked for. One pass over the facts makes all of them, so that they agree.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Group, ReportDefinition } from '../../contract/report-definition.ts';
import { everyOf } from '../../contract/report-dimensions.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/report-measures.ts';
import { chosenBy, columnOf, groupOf, type Range } from './dimensions.ts';
import { AGGREGATES } from './measures.ts';
import type { ReportSource } from './source.ts';

type Sql = RawBuilder<unknown>;

/** Stands for a value that is missing, in keys; texts of the wire have no control characters. */
const MISSING = '\u0001';

export interface Part {
  readonly subject: Subject;
  readonly measures: readonly MeasureId[];
  readonly range: Range;
  /** Only these rows, whatever their order; the first ones of the report when absent. */
  readonly only?: readonly (readonly (string | null)[])[] | undefined;
  readonly limit: number;
}

/** Groups down as k0, k1 …, the one across as a; measures as m0, m1 … */
export interface CompiledRow {
  readonly [column: string]: string | number | null;
}

function names(prefix: string, length: number): Sql[] {
  return Array.from({ length }, (_, index) => sql.ref(`${prefix}${index}`));
}

function columnsOf({ by, across }: ReportDefinition, { measures }: Part): string[] {
  const groups = across === undefined ? by : [...by, across];
  return [
    ...groups.map((each) => columnOf(each.dimension)),
    ...measures.flatMap((id) => AGGREGATES[id].columns),
  ];
}

function keyed(group: Group, name: string): Sql {
  return sql`coalesce(${groupOf(group)}, ${sql.lit(MISSING)}) as ${sql.ref(name)}`;
}

/**
 * Rows of `k…`, `a`, `m…`, with `is_total` (of all rows), `is_whole` (of all columns), `rank` of the row and `groups`, how
 * many rows there would be.
 */
export function compile(source: ReportSource, report: ReportDefinition, part: Part): Sql {
  const { subject, measures, range, limit } = part;
  const { by, across } = report;
  const down = names('k', by.length);
  const keys = [...by.map((group, index) => keyed(group, `k${index}`))];
  if (across !== undefined) keys.push(keyed(across, 'a'));
  const chosen = chosenBy(report, range);
  const columns = [...new Set([...columnsOf(report, part), ...chosen.columns])];
  const sums = measures.map((id, index) => sql`${AGGREGATES[id].is} as ${sql.ref(`m${index}`)}`);
  const isTotal = by.length === 0 ? sql`1` : sql`grouping(k0)`;
  const order = orderOf(report, part);
  const isWhole = across === undefined ? sql`1` : sql`grouping(a)`;
  return sql`
    with f as (
      select ${sql.join([...keys, sql`f.*`])}
      from (${source.facts(subject, columns, report.asOf)}) as f
      where ${sql.join([sql`true`, ...chosen.conditions], sql` and `)}
    ), g as materialized (
      select ${sql.join([
        ...(by.length === 0 ? [] : down),
        ...(across === undefined ? [] : [sql`a`]),
        sql`${isTotal} as is_total`,
        sql`${isWhole} as is_whole`,
        ...sums,
      ])}
      from f ${grouping(down, across !== undefined)}
    ), each as (
      select * from g where is_total = 0 and is_whole = 1 ${onlyOf(down, part)}
    ), ranked as (
      select ${sql.join([...down, sql`0 as is_total`, sql`row_number() over (order by ${order}) as rank`])}
      from (select * from each order by ${order} limit ${sql.lit(limit)}) as first
    )
    select g.*, ranked.rank, (select count(*) from each) as groups
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
  if (hasAcross) sets.push(sql`(a)`);
  if (hasAcross && down.length > 0) sets.push(sql`(${rows}, a)`);
  return sql`group by grouping sets (${sql.join(sets)})`;
}

function onlyOf(down: readonly Sql[], { only }: Part): Sql {
  if (only === undefined || down.length === 0) return sql``;
  const rows = only.map((keys) => sql`(${sql.join(keys.map((key) => sql`${key ?? MISSING}`))})`);
  return rows.length === 0 ? sql`and false` : sql`and (${sql.join(down)}) in (${sql.join(rows)})`;
}

/** As asked; else days as they follow each other, and anything else by the first measure, most first. */
function orderOf(report: ReportDefinition, { measures }: Part): Sql {
  const keys = names('k', report.by.length);
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

/** A key as it was grouped. */
export function keyFrom(value: string | number | null | undefined): string | null {
  return value === MISSING || value === undefined || value === null ? null : String(value);
}

export function measuresOf(report: ReportDefinition, subject: Subject): MeasureId[] {
  return report.measures.filter((id) => MEASURES[id].subject === subject);
}
