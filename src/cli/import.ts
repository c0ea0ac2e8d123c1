/**
 * `allot import KIND FILE`: good rows are kept, bad ones go to FILE.rejects.csv with line, column and problem. Memory
 * stays flat for a file of any size. Every row goes through the API, with its schemas and its stories, by the typed
 * client against a node of the command's own.
 */
import type { Client } from '../contract/call.ts';
import { openDatabase } from '../db/database.ts';
import { readStatus } from '../reports/status.ts';
import { type ExitCode, type GlobalFlags, grouped, remark, say, sayJson } from './command.ts';
import { CommandError } from './failure.ts';
import { readFile, sizeOf } from './import-file.ts';
import { digestOf, importInventory } from './import-inventory.ts';
import { importOrders } from './import-orders.ts';
import { importProducts } from './import-products.ts';
import { importPurchaseOrders } from './import-purchase-orders.ts';
import { importReceipts } from './import-receipts.ts';
import { RejectFile } from './import-rejects.ts';
import { type Importer, ImportResult } from './import-result.ts';
import { importSupplierProducts, importSuppliers } from './import-suppliers.ts';
import { withOwnNode } from './own-node.ts';
import { startProgress } from './progress.ts';
import { PURCHASING_KINDS } from './purchasing-columns.ts';

export const IMPORT_KINDS = ['products', 'inventory', 'orders', ...PURCHASING_KINDS] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface ImportFlags extends GlobalFlags {
  readonly channel?: string;
  readonly json?: boolean;
}

/** How long an import waits for the fills it caused; the next node goes on with what is left. */
const FILL_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

export async function runImport(kind: ImportKind, file: string, flags: ImportFlags): Promise<ExitCode> {
  if (flags.channel !== undefined) refuseChannel(kind);
  await sizeOf(file); // a file that is not there is said before a database is started
  return await withOwnNode({ flags, fills: true }, async ({ client, databaseUrl }) => {
    const result = await importFile({ kind, file, channel: flags.channel }, client);
    await awaitFills(databaseUrl);
    sayResult({ kind, file }, result, flags.json === true);
    return result.rejected === 0 ? 0 : 2;
  });
}

function refuseChannel(kind: ImportKind): void {
  if (kind === 'products' || kind === 'orders') return;
  const why = kind === 'inventory' ? 'stock belongs to warehouses' : 'purchasing serves all channels';
  throw new CommandError(`--channel says nothing about ${kind}: ${why}`);
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
  const importer = await IMPORTERS[task.kind](client, result, task);
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

type MakeImporter = (client: Client, result: ImportResult, task: ImportTask) => Importer | Promise<Importer>;

const IMPORTERS: Readonly<Record<ImportKind, MakeImporter>> = {
  products: (client, result, { channel }) => importProducts(client, result, channel),
  inventory: async (client, result, { file }) => importInventory(client, result, await digestOf(file)),
  orders: (client, result, { channel }) => importOrders(client, result, channel),
  suppliers: importSuppliers,
  'supplier-products': importSupplierProducts,
  'purchase-orders': importPurchaseOrders,
  receipts: importReceipts,
};

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
