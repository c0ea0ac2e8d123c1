/**
 * Imports one file: good rows are kept, bad ones are handed over with line, column and problem. Memory stays flat for a
 * file of any size. Every row goes through the API, with its schemas and its stories, so that a file can do nothing
 * that a shop could not.
 */
import type { Client } from '../contract/call.ts';
import type { ImportKind } from '../contract/imports.ts';
import { readFile } from './import-file.ts';
import { importInventory } from './import-inventory.ts';
import { importOrders } from './import-orders.ts';
import { importProducts } from './import-products.ts';
import { importPurchaseOrders } from './import-purchase-orders.ts';
import { importReceipts } from './import-receipts.ts';
import { type Importer, ImportResult, type Rejects } from './import-result.ts';
import { importSupplierProducts, importSuppliers } from './import-suppliers.ts';

export interface ImportTask {
  readonly kind: ImportKind;
  readonly file: string;
  /** Of rows that name none; products: whose policy the file sets. */
  readonly channel: string | undefined;
  /** Names this run: one that was interrupted goes on under its name, and counts nothing twice. */
  readonly run: string;
  readonly rejects: Rejects;
  /** Called as rows are read, with the bytes of the file read since. */
  readonly advance: (bytes: number) => void;
}

/** Kinds for which a channel says something. */
const WITH_CHANNEL: ReadonlySet<ImportKind> = new Set(['products', 'orders']);

/** Why a channel says nothing about this kind; undefined when it does. */
export function whyNoChannel(kind: ImportKind): string | undefined {
  if (WITH_CHANNEL.has(kind)) return undefined;
  return kind === 'inventory' ? 'stock belongs to warehouses' : 'purchasing serves all channels';
}

/** @throws ImportError for a file that is none of this kind */
export async function importFile(task: ImportTask, client: Client): Promise<ImportResult> {
  const { file, rejects, advance } = task;
  const result = new ImportResult(rejects);
  const importer = await IMPORTERS[task.kind](client, result, task);
  if (importer.foresee !== undefined) await foreseeRows(file, importer);
  let passed = 0;
  try {
    await readFile(file, importer.columns, {
      header: (columns) => rejects.begin(columns),
      async row(row) {
        await importer.take(row);
        advance(row.bytes - passed);
        passed = row.bytes;
      },
      malformed: ({ problem, ...row }) => result.reject(row, { column: '', problem }),
    });
    await importer.finish();
  } finally {
    await rejects.end();
  }
  return result;
}

type MakeImporter = (client: Client, result: ImportResult, task: ImportTask) => Importer | Promise<Importer>;

const IMPORTERS: Readonly<Record<ImportKind, MakeImporter>> = {
  products: (client, result, { channel }) => importProducts(client, result, channel),
  inventory: (client, result, { run }) => importInventory(client, result, run),
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
