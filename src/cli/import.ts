/**
 * `allot import products|inventory|orders FILE`: good rows are kept, bad ones go to FILE.rejects.csv with line,
 * column and problem. Memory stays flat for a file of any size.
 *
 * Every row goes through the API, with its schemas and its stories, by the typed client against a node that lives
 * in this process: one way that is the same whether a server runs beside it or not, since any number of nodes may
 * share a database. Looking for a running server instead would be a second way, with addresses that may be stale.
 */
import { pino } from 'pino';
import { type Client, createClient } from '../contract/client.ts';
import { openDatabase } from '../db/database.ts';
import { startNode } from '../node.ts';
import { readStatus } from '../reports/status.ts';
import {
  databaseConfigOf,
  type ExitCode,
  type GlobalFlags,
  grouped,
  remark,
  say,
  sayJson,
} from './command.ts';
import { connect } from './connection.ts';
import { CommandError } from './failure.ts';
import { readFile, sizeOf } from './import-file.ts';
import { digestOf, importInventory } from './import-inventory.ts';
import { OrderImporter } from './import-orders.ts';
import { importProducts } from './import-products.ts';
import { RejectFile } from './import-rejects.ts';
import { type Importer, ImportResult } from './import-result.ts';
import { startProgress } from './progress.ts';

export const IMPORT_KINDS = ['products', 'inventory', 'orders'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface ImportFlags extends GlobalFlags {
  readonly channel?: string;
  readonly json?: boolean;
}

/** How long an import waits for the fills it caused; the next node goes on with what is left. */
const FILL_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

export async function runImport(kind: ImportKind, file: string, flags: ImportFlags): Promise<ExitCode> {
  if (kind === 'inventory' && flags.channel !== undefined) {
    throw new CommandError('--channel says nothing about inventory: stock belongs to warehouses');
  }
  await sizeOf(file); // a file that is not there is said before a database is started
  const connection = await connect(databaseConfigOf(flags));
  try {
    const node = await startNode({
      databaseUrl: connection.url,
      logger: pino({ level: 'warn' }, pino.destination(2)),
    });
    try {
      const result = await importFile({ kind, file, channel: flags.channel }, createClient(node.address));
      await awaitFills(connection.url);
      sayResult({ kind, file }, result, flags.json === true);
      return result.rejected === 0 ? 0 : 2;
    } finally {
      await node.stop();
    }
  } finally {
    await connection.close();
  }
}

interface ImportTask {
  readonly kind: ImportKind;
  readonly file: string;
  readonly channel: string | undefined;
}

async function importFile(task: ImportTask, client: Client): Promise<ImportResult> {
  const { file } = task;
  const rejects = new RejectFile(file);
  const result = new ImportResult(rejects);
  const importer = await importerFor(task, client, result);
  if (importer.foresee !== undefined) await foreseeRows(file, importer);
  const progress = startProgress({ label: `import ${task.kind}`, total: await sizeOf(file), unit: 'bytes' });
  let passed = 0;
  try {
    await readFile(file, importer.columns, {
      header: (columns) => rejects.begin(columns),
      async row(row) {
        await importer.take(row);
        progress.advance(row.bytes - passed);
        passed = row.bytes;
      },
      malformed: ({ problem, ...row }) => result.reject(row, { column: '', problem }),
    });
    await importer.finish();
  } finally {
    await rejects.end();
    progress.finish();
  }
  return result;
}

async function importerFor(
  { kind, file, channel }: ImportTask,
  client: Client,
  result: ImportResult,
): Promise<Importer> {
  if (kind === 'products') return importProducts(client, result, channel);
  if (kind === 'orders') return new OrderImporter(client, result, channel);
  return importInventory(client, result, await digestOf(file));
}

async function foreseeRows(file: string, importer: Importer): Promise<void> {
  await readFile(file, importer.columns, {
    async header() {},
    async row(row) {
      importer.foresee?.(row);
    },
    async malformed() {},
  });
}

/** What this import made free has been given out when the command ends, as far as that is soon. */
async function awaitFills(url: string): Promise<void> {
  const db = openDatabase({ url, connections: 1 });
  try {
    const until = performance.now() + FILL_PATIENCE_MS;
    while (performance.now() < until) {
      if ((await readStatus(db)).fillsOutstanding === 0) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    remark('import: some waiting items are still being filled; the next server goes on with it');
  } finally {
    await db.destroy();
  }
}

function sayResult(
  { kind, file }: Pick<ImportTask, 'kind' | 'file'>,
  result: ImportResult,
  json: boolean,
): void {
  const { imported, repeated, rejected, rejectFile } = result;
  if (json) {
    sayJson({ kind, file, imported, repeated, rejected, rejectFile });
    return;
  }
  const parts = [`${grouped(imported)} rows imported`];
  if (repeated > 0) parts.push(`${grouped(repeated)} had been imported before`);
  if (rejectFile !== null) parts.push(`${grouped(rejected)} rejected, see ${rejectFile}`);
  say(`import ${kind}: ${parts.join(', ')}`);
}
