/**
 * `allot export-csv KIND FILE|-`: suppliers, their terms, purchase orders and receipts in the columns that import takes.
 * Imported into a database with the same products and warehouses, suppliers first and receipts last, they give the
 * same purchase orders. Read through the API, list by list with cursors; memory holds the numbers of orders at most.
 */
import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from '../../contract/reports/formula-cells.ts';
import { PURCHASING_COLUMNS, type PurchasingKind } from '../../imports/purchasing-columns.ts';
import type { ExitCode, GlobalFlags } from '../command.ts';
import { grouped, remark } from '../command.ts';
import { withOutput, writeText } from '../output.ts';
import { withOwnNode } from '../own-node.ts';
import { startProgress } from '../progress.ts';
import { type CsvRow, EXPORTERS } from './export-csv-rows.ts';

/** Rows that are written at once. */
const CHUNK_ROWS = 200;

export async function runExportCsv(
  kind: PurchasingKind,
  file: string,
  flags: GlobalFlags,
): Promise<ExitCode> {
  const columns = PURCHASING_COLUMNS[kind].map(({ name }) => name);
  const rows = await withOwnNode({ flags, fills: false }, ({ client }) =>
    withOutput(file === '-' ? undefined : file, async (out) => {
      const progress = startProgress({ label: `export ${kind}`, total: 0, unit: 'rows' });
      let written = 0;
      let chunk: string[][] = [columns];
      async function write(): Promise<void> {
        await writeText(out, stringify(chunk));
        chunk = [];
      }
      try {
        for await (const row of EXPORTERS[kind](client)) {
          chunk.push(columns.map((column) => cellOf(row, column)));
          written += 1;
          progress.advance();
          if (chunk.length >= CHUNK_ROWS) await write();
        }
        await write();
        return written;
      } finally {
        progress.finish();
      }
    }),
  );
  remark(`export ${kind}: ${grouped(rows)} rows`);
  return 0;
}

function cellOf(row: CsvRow, column: string): string {
  const value = row[column] ?? '';
  return escapeFormula(Array.isArray(value) ? value.join(' ') : String(value));
}
