/** The commands of purchasing and promises: what is on its way, when units come, and the files of both. */
import { Argument, type Command, Option } from 'commander';
import { PURCHASE_ORDER_STATUSES } from '../../core/supply/purchase-order.ts';
import { columnsHelp, PURCHASING_KINDS, type PurchasingKind } from '../../imports/purchasing-columns.ts';
import type { ExitCode, GlobalFlags } from '../command.ts';
import { runExportCsv } from '../export/export-csv.ts';
import { type AtpFlags, type QuoteFlags, runAtp, runQuote } from './show-promises.ts';
import {
  type PurchaseOrdersFlags,
  runPurchaseOrder,
  runPurchaseOrders,
  type ShowFlags,
} from './show-purchase-orders.ts';

export const JSON_FLAG = ['--json', 'print the result as JSON'] as const;

type Exit = (code: ExitCode) => void;

export function addPurchasing(program: Command, exit: Exit): void {
  addPurchaseOrders(program, exit);
  addPromises(program, exit);
  const write = program
    .command('export-csv')
    .description('write suppliers, purchase orders or receipts as CSV, in the columns that import takes')
    .addArgument(new Argument('<kind>', 'what to write').choices(PURCHASING_KINDS))
    .argument('<file>', 'the CSV file, or - for standard output')
    .addHelpText('after', columnsHelp());
  write.action(async (kind: PurchasingKind, file: string) =>
    exit(await runExportCsv(kind, file, write.optsWithGlobals<GlobalFlags>())),
  );
}

function addPurchaseOrders(program: Command, exit: Exit): void {
  const list = program
    .command('purchase-orders')
    .description('list purchase orders, the newest first')
    .option('--late', 'only those with open units whose expected day has passed')
    .option('--supplier <code>', 'only those of this supplier')
    .addOption(new Option('--status <status>', 'only those in this status').choices(PURCHASE_ORDER_STATUSES))
    .option('--sku <sku>', 'only those with this product')
    .option('--limit <number>', 'show so many at most (default 50)')
    .option(...JSON_FLAG);
  list.action(async () => exit(await runPurchaseOrders(list.optsWithGlobals<PurchaseOrdersFlags>())));
  const one = program
    .command('purchase-order')
    .description('show a purchase order with its lines, the days quoted for them and its receipts')
    .argument('<number>', 'of the purchase order')
    .option(...JSON_FLAG);
  one.action(async (number: string) =>
    exit(await runPurchaseOrder(number, one.optsWithGlobals<ShowFlags>())),
  );
}

function addPromises(program: Command, exit: Exit): void {
  const quote = program
    .command('quote')
    .description('what an order would get now, what later and when; nothing is set aside')
    .argument('<channel>', 'the sales channel of the order')
    .argument('<SKU=UNITS...>', 'products with units, such as CUP=12 PAN=1')
    .option(...JSON_FLAG);
  quote.action(async (channel: string, wanted: string[]) =>
    exit(await runQuote(channel, wanted, quote.optsWithGlobals<QuoteFlags>())),
  );
  const atp = program
    .command('atp')
    .description('what can still be promised of a product on a channel (available to promise), by day')
    .argument('<sku>', 'the product')
    .argument('<channel>', 'the sales channel')
    .option('--days <number>', 'look so many days ahead, up to 366 (default 90)')
    .option(...JSON_FLAG);
  atp.action(async (sku: string, channel: string) =>
    exit(await runAtp(sku, channel, atp.optsWithGlobals<AtpFlags>())),
  );
}
