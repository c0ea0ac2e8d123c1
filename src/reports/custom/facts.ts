/** The facts behind custom reports: one table for each subject, made of the tables of the house when it is asked for. */
import type { RawBuilder } from 'kysely';
import type { Subject } from '../../contract/report-measures.ts';
import { type Moment, type Sources, selectFrom } from './fact-sources.ts';
import { changes, promiseChanges } from './facts-of-changes.ts';
import { items } from './facts-of-items.ts';
import { allocations, purchases, refusals } from './facts-of-others.ts';

const TABLES: Readonly<Record<Subject, (moment: Moment) => Sources>> = {
  items,
  changes,
  allocations,
  promise_changes: promiseChanges,
  refusals,
  purchases,
};

/** A select of these columns of the facts of a subject. */
export function factsOf(subject: Subject, columns: readonly string[], moment: Moment): RawBuilder<unknown> {
  return selectFrom(TABLES[subject](moment), columns);
}
