/**
 * `allot export`: one JSON text a line. The first line says when and of which schema, the last one how many records
 * of each kind there are and their digest, which depends on the records alone (see export-digest.ts).
 */
import type { Writable } from 'node:stream';
import { isoInstant } from '../../core/kernel/time.ts';
import type { Database } from '../../db/database.ts';
import { type ExportReader, estimateRecords, exportRecords } from '../../export/export.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, grouped, remark } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { withOutput, writeText } from '../output.ts';
import { type Progress, startProgress } from '../progress.ts';
import { ExportDigest } from './export-digest.ts';

/** Raised when the meaning of a record changes. */
const FORMAT = 1;

export interface ExportFlags extends GlobalFlags {
  readonly out?: string;
}

export interface ExportSummary {
  readonly rows: Readonly<Record<string, number>>;
  readonly digest: string;
}

export async function runExport(flags: ExportFlags): Promise<ExitCode> {
  const summary = await withDatabase(databaseConfigOf(flags), async (db) => {
    const progress = startProgress({ label: 'export', total: await estimateRecords(db), unit: 'records' });
    try {
      return await withOutput(flags.out, (out) => writeExport(db, out, progress));
    } finally {
      progress.finish();
    }
  });
  const records = Object.values(summary.rows).reduce((sum, count) => sum + count, 0);
  remark(`export: ${grouped(records)} records, digest ${summary.digest}`);
  return 0;
}

/** Writes first line, records and last line; waits whenever the stream is full, so memory stays flat. */
export async function writeExport(db: Database, out: Writable, progress?: Progress): Promise<ExportSummary> {
  const digest = new ExportDigest();
  const rows: Record<string, number> = {};
  const reader: ExportReader = {
    async begin({ exportedAt, version }) {
      const first = { record: 'export', format: FORMAT, exportedAt: isoInstant(exportedAt), schema: version };
      await writeText(out, `${JSON.stringify(first)}\n`);
    },
    async take(records) {
      const lines = records.map((record) => JSON.stringify(record));
      for (const line of lines) digest.add(line);
      for (const { record } of records) rows[record] = (rows[record] ?? 0) + 1;
      await writeText(out, `${lines.join('\n')}\n`);
      progress?.advance(records.length);
    },
  };
  await exportRecords(db, reader);
  const summary = { rows, digest: digest.hex() };
  await writeText(out, `${JSON.stringify({ record: 'end', ...summary })}\n`);
  return summary;
}
