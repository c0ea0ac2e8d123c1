/**
 * Time to fulfil of the items that ever waited, with the open ones counted, under the filters and the time of
 * a report.
 */
import { sql } from 'kysely';
import type { AnswerOf } from '../../contract/operations.ts';
import type { ReportDefinition } from '../../contract/reports/report-definition.ts';
import { type DayOfWaiting, dayReached, survivalOf } from '../../core/orders/fill-times.ts';
import type { ReportSource } from '../sources/source.ts';
import { filteredBy } from './dimensions.ts';
import { rangesOf } from './periods.ts';

interface DayRow extends DayOfWaiting {
  readonly givenUp: number;
  /** Sum of the days of the filled. */
  readonly days: number;
}

export async function readFillTimes(
  source: ReportSource,
  report: ReportDefinition,
): Promise<AnswerOf<'getFillTimes'>> {
  const { today } = await source.clock(report.asOf);
  const chosen = filteredBy(report, rangesOf(report, today).now);
  const columns = new Set(['waited', 'days_to_fill', 'days_waiting', 'days_to_give_up', ...chosen.columns]);
  const conditions = [sql`f.waited`, ...chosen.conditions];
  const ended = sql`coalesce(f.days_to_fill, f.days_waiting, f.days_to_give_up)`;
  const rows = await source.read<DayRow>(sql`
    select floor(greatest(0, ${ended}))::int as day, count(f.days_to_fill) as filled,
      count(*) - count(f.days_to_fill) as open,
      count(*) filter (where f.days_to_fill is null and f.days_waiting is null) as "givenUp",
      coalesce(sum(f.days_to_fill), 0)::float8 as days
    from (${source.facts('items', [...columns], report.asOf)}) as f
    where ${sql.join(conditions, sql` and `)} and ${ended} is not null
    group by 1`);
  const sum = (of: (row: DayRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const filled = sum((row) => row.filled);
  const curve = survivalOf(rows);
  return {
    filled,
    open: sum((row) => row.open - row.givenUp),
    givenUp: sum((row) => row.givenUp),
    meanOfFilled: filled === 0 ? null : sum((row) => row.days) / filled,
    median: dayReached(curve, 0.5),
    p90: dayReached(curve, 0.1),
    curve,
  };
}
