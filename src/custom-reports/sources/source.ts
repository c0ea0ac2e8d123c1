/**
 * Where a report reads: facts of each subject as a select of columns, a clock, and a way to run a statement
 * over them.
 */
import type { RawBuilder } from 'kysely';
import type { Subject } from '../../contract/reports/report-measures.ts';

/** The moment of a report. */
export interface Clock {
  /** Its day, UTC. */
  readonly today: string;
  /** An instant as the wire has it. */
  readonly now: string;
}

/** Everything that is read from one source is of one snapshot. */
export interface ReportSource {
  /**
   * Whether facts that are read several times take less when they are read anew than when they are
   * materialized.
   */
  readonly isCheapToReread: boolean;
  /** @param asOf an instant as the wire has it; now when absent */
  facts(subject: Subject, columns: readonly string[], asOf: string | undefined): RawBuilder<unknown>;
  clock(asOf: string | undefined): Promise<Clock>;
  read<Row>(statement: RawBuilder<unknown>): Promise<Row[]>;
}
