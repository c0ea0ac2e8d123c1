/**
 * What one kind of exported record is: its statement, and which of its columns are instants. A record is the
 * row as the statement names it, with instants as ISO texts and its kind in front; nothing else happens to it
 * on the way.
 */
import type { RawBuilder } from 'kysely';
import { type Instant, isoInstant } from '../core/kernel/time.ts';

/** Ready for JSON: `record` says its kind. */
export type ExportedRecord = Readonly<Record<string, unknown>> & { readonly record: string };

export interface RecordKind {
  readonly record: string;
  readonly instants: readonly string[];
  /** Over natural keys, never our ids; the order of rows means nothing. */
  readonly rows: RawBuilder<unknown>;
  /** Columns that are stored otherwise than they are told. */
  readonly told?: Readonly<Record<string, (stored: unknown) => unknown>>;
}

export function recordOf(
  { record, instants, told = {} }: RecordKind,
  row: Readonly<Record<string, unknown>>,
): ExportedRecord {
  const exported: Record<string, unknown> & { record: string } = { record, ...row };
  for (const column of instants) {
    const value = row[column];
    if (typeof value === 'number') exported[column] = isoInstant(value as Instant);
  }
  for (const [column, tell] of Object.entries(told)) exported[column] = tell(row[column]);
  return exported;
}
