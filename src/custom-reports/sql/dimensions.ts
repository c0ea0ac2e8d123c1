/** Each dimension over the columns of facts `f`, as the text it is answered as, and conditions on it. */
import { type RawBuilder, sql } from 'kysely';
import type { Condition, Group, ReportDefinition } from '../../contract/reports/report-definition.ts';
import { AGES, type DimensionId, everyOf, kindOf } from '../../contract/reports/report-dimensions.ts';

type Sql = RawBuilder<unknown>;

/** Over `f.days_waiting`: of each bucket what stands for it, null for what does not wait. */
export function ageOf(each: (name: string, place: number) => Sql): Sql {
  const buckets = AGES.map(({ name, below }, place) => {
    const isIn = Number.isFinite(below)
      ? sql`f.days_waiting < ${sql.lit(below)}`
      : sql`f.days_waiting is not null`;
    return sql`when ${isIn} then ${each(name, place)}`;
  });
  return sql`case ${sql.join(buckets, sql` `)} end`;
}

/** The column of the facts that a dimension reads. */
export function columnOf(dimension: DimensionId): string {
  return dimension === 'age' ? 'days_waiting' : dimension;
}

/** Over the facts `f`. */
export function valueOfDimension(dimension: DimensionId): Sql {
  return dimension === 'age' ? ageOf((name) => sql.lit(name)) : sql`f.${sql.ref(dimension)}`;
}

/** What rows are grouped by, as it is answered: a text, or the first day of a period. */
export function groupOf(group: Group): Sql {
  const every = everyOf(group);
  const value = valueOfDimension(group.dimension);
  return every === undefined
    ? sql`cast(${value} as text)`
    : sql`cast(cast(date_trunc(${sql.lit(every)}, ${value}) as date) as text)`;
}

function conditionOf({ dimension, is, isNot, from, until }: Condition): Sql {
  const value = valueOfDimension(dimension);
  if (is !== undefined) return isOneOf(dimension, is);
  if (isNot !== undefined) return sql`not (${isOneOf(dimension, isNot)})`;
  const type = kindOf(dimension) === 'date' ? sql`timestamp` : sql`bigint`;
  const above = from === undefined ? sql`true` : sql`${value} >= cast(${from} as ${type})`;
  if (until === undefined) return above;
  const end = sql`cast(${until} as ${type})`;
  return sql`(${above} and ${kindOf(dimension) === 'date' ? sql`${value} < ${end}` : sql`${value} <= ${end}`})`;
}

/** True or false, never unknown, so that its opposite is the rest. */
function isOneOf(dimension: DimensionId, values: readonly (string | null)[]): Sql {
  const value = valueOfDimension(dimension);
  const text =
    kindOf(dimension) === 'date' ? sql`cast(cast(${value} as date) as text)` : sql`cast(${value} as text)`;
  const given = values.filter((each) => each !== null);
  const none = values.includes(null) ? sql`f.${sql.ref(columnOf(dimension))} is null` : sql`false`;
  if (given.length === 0) return none;
  return sql`(coalesce(${text} in (${sql.join(given)}), false) or ${none})`;
}

/** Days from and before, as instants of `timestamp`. */
export interface Range {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

function inRange(dimension: DimensionId, { from, until }: Range): Sql {
  const value = valueOfDimension(dimension);
  const above = from === undefined ? sql`${value} is not null` : sql`${value} >= cast(${from} as timestamp)`;
  return until === undefined ? above : sql`${above} and ${value} < cast(${until} as timestamp)`;
}

/** Which rows of the facts a report is about, and the columns that say so. */
export function filteredBy(
  { filters, period }: Pick<ReportDefinition, 'filters' | 'period'>,
  range: Range,
): { readonly columns: readonly string[]; readonly conditions: readonly Sql[] } {
  const all = filters.map((any) => sql`(${sql.join(any.map(conditionOf), sql` or `)})`);
  const columns = filters.flat().map((each) => columnOf(each.dimension));
  if (period === undefined) return { columns, conditions: all };
  return {
    columns: [...columns, columnOf(period.dimension)],
    conditions: [...all, inRange(period.dimension, range)],
  };
}
