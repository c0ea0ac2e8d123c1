/**
 * Measures of all subjects of a report beside each other: each computed over its own facts, and joined by
 * their keys.
 */
import { type RawBuilder, sql } from 'kysely';
import { subjectsOf } from '../../contract/reports/report-dimensions.ts';
import { isNoneOfNothing, type MeasureId } from '../../contract/reports/report-measures.ts';
import type { GroupingSets } from './grouping-sets.ts';
import { EVERY } from './measures.ts';
import {
  factsOf,
  measuresBySets,
  nameOf,
  type ReportQuery,
  type SubjectQuery,
  subjectQuery,
} from './subject-measures.ts';

type Sql = RawBuilder<unknown>;

export interface Subjects extends ReportQuery {
  readonly parts: readonly SubjectQuery[];
}

export function subjectsIn(query: ReportQuery): Subjects {
  const subjects = subjectsOf(query.report.measures);
  return { ...query, parts: subjects.map((subject, at) => subjectQuery(query, subject, at)) };
}

/** The CTEs `facts0`, `facts1` … of the subjects. */
export function allFacts({ parts }: Subjects): Sql[] {
  return parts.map((part, at) => cteOf(part, `facts${at}`, factsOf(part)));
}

/** CTEs of those facts that join something, with another name before the number. */
export function factsJoined({ parts }: Subjects, name: string, joins: Sql): Sql[] {
  return parts.map((part, at) =>
    cteOf(part, `${name}${at}`, sql`select f.* from ${sql.table(`facts${at}`)} as f ${joins}`),
  );
}

/** Materialized, unless it is read as fast again: which rows count for orders is not worked out twice. */
function cteOf({ counts, source, keys }: SubjectQuery, name: string, facts: Sql): Sql {
  const isWorkedOut = [...counts.values()].some((where) => keys.hasManyCells || where !== EVERY);
  const isMaterialized = isWorkedOut || !source.isCheapToReread;
  return sql`${sql.ref(name)} as ${isMaterialized ? sql`` : sql`not materialized`} (${facts})`;
}

/** Which cells and totals are computed over facts of that name. */
export type FactsBySets = readonly (readonly [facts: string, sets: GroupingSets])[];

/** A select of the keys and the measures. */
export function measuresOf(
  { parts, report, keys }: Subjects,
  measures: readonly MeasureId[],
  wanted: FactsBySets,
): Sql {
  const figures = parts.flatMap(({ here, measures: own }) =>
    own
      .filter((id) => measures.includes(id))
      .map((id) => {
        const name = sql.ref(nameOf(report.measures, id));
        return isNoneOfNothing(id)
          ? sql`case when ${sql.ref(here)} then ${name} else 0 end as ${name}`
          : name;
      }),
  );
  const [first, ...others] = parts.map((part, at) => {
    const each = wanted
      .filter(([, sets]) => sets.length > 0)
      .map(([name, sets]) => sql`(${measuresBySets(part, { facts: `${name}${at}`, measures, sets })})`);
    return sql`(${sql.join(each, sql` union all `)}) as ${sql.ref(`part${at}`)}`;
  });
  const names = [...keys.all.keys()].map((name) => sql.ref(name));
  const same = names.length === 0 ? sql`on true` : sql`using (${sql.join(names)})`;
  const joined = others.map((other) => sql`full join ${other} ${same}`);
  return sql`select ${sql.join([...names, ...figures])} from ${first} ${sql.join(joined, sql` `)}`;
}
