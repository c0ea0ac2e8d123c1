/**
 * Buying in the demo shop: three suppliers, what they sent and when, one order that is late, one that came short, one
 * that moved, a draft of what is suggested, and a launch that is judged by earlier ones. Played after the four weeks,
 * so that those who still wait are promised a day; over the API only, as the buyers of a shop would.
 */
import type { CallInput, Client } from '../../contract/call.ts';
import type { DemoProduct } from './assortment.ts';
import { inFlight } from './in-flight.ts';
import type { Chance } from './random.ts';
import type { DemoSupply } from './result.ts';
import type { Run } from './run.ts';
import { promisesSettled, settled } from './settled.ts';

type SupplierBody = NonNullable<CallInput<'putSupplier'>['body']>;
type DraftLine = NonNullable<CallInput<'putPurchaseOrder'>['body']>['lines'][number];

const WAREHOUSE = 'rotterdam';
const WEEKEND = [6, 7];
const IN_FLIGHT = 6;
const DAY_MS = 86_400_000;
/** Orders of each supplier that have arrived, from which its record is learned. */
const ARRIVED = 8;
const BUYING_SHARE = 0.55;
const PAGE = 200;

const SUPPLIERS: readonly {
  readonly code: string;
  readonly lateBy: readonly number[];
  readonly body: SupplierBody;
}[] = [
  {
    code: 'lowland',
    lateBy: [0, 0, 0, 0, 1, 0, 0, 2],
    body: {
      name: 'Lowland Wholesale',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      leadDays: 5,
      closedWeekdays: WEEKEND,
      minimumOrder: 250_000,
    },
  },
  {
    code: 'brightway',
    lateBy: [3, 6, 0, 9, 4, 12, 5, 7],
    body: {
      name: 'Brightway Manufacturing',
      currency: 'USD',
      timeZone: 'Asia/Shanghai',
      leadDays: 30,
      closedWeekdays: [7],
      overReceiptPercent: 5,
    },
  },
  {
    code: 'hansa',
    lateBy: [0, 1, 2, 0, 3, 1, 0, 4],
    body: {
      name: 'Hansa Import',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      leadDays: 12,
      closedWeekdays: WEEKEND,
    },
  },
];

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Which supplier sells a product: by its category, so that a supplier sells whole ranges. */
function supplierOf({ sku }: DemoProduct): (typeof SUPPLIERS)[number] {
  const sum = [...(sku.split('-')[0] ?? sku)].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return SUPPLIERS[sum % SUPPLIERS.length] ?? SUPPLIERS[0] ?? fail();
}

function fail(): never {
  throw new Error('the demo has no supplier');
}

async function makeSuppliers(
  client: Client,
  products: readonly DemoProduct[],
  advance: () => void,
): Promise<void> {
  for (const { code, body } of SUPPLIERS)
    await client.must('putSupplier', { params: { supplier: code }, body });
  await inFlight(products, IN_FLIGHT, async (product) => {
    const supplier = supplierOf(product).code;
    const body = {
      unitPrice: Math.round(product.price * BUYING_SHARE),
      packSize: supplier === 'brightway' ? 12 : 4,
      minimumUnits: supplier === 'brightway' ? 48 : 0,
      promiseByLeadTime: supplier === 'lowland',
    };
    await client.must('putSupplierProduct', { params: { supplier, sku: product.sku }, body });
    advance();
  });
}

interface Buying {
  readonly run: Run;
  readonly number: string;
  readonly supplier: string;
}

async function order({ run, number, supplier }: Buying, lines: readonly DraftLine[]): Promise<void> {
  const params = { purchaseOrder: number };
  await run.client.must('putPurchaseOrder', { params, body: { supplier, lines: [...lines] } });
  await run.client.must('sendPurchaseOrder', { params });
}

async function receive(
  { run, number }: Buying,
  lines: readonly { line: number; units: number }[],
): Promise<void> {
  const body = { reference: `${number}-arrived`, warehouse: WAREHOUSE, lines: [...lines] };
  run.tally.actAt(`receive/${body.reference}`, Date.now());
  await run.client.must('receivePurchaseOrder', { params: { purchaseOrder: number }, body });
  run.acts.receipts++;
  run.acts.unitsReceived += lines.reduce((sum, { units }) => sum + units, 0);
}

/** What suppliers sent before: their record. */
async function playRecord(run: Run, products: readonly DemoProduct[], chance: Chance): Promise<void> {
  for (const { code, lateBy } of SUPPLIERS) {
    const range = products.filter(
      (product) => supplierOf(product).code === code && product.selling === 'stocked',
    );
    for (const [index, late] of lateBy.slice(0, ARRIVED).entries()) {
      const buying = { run, number: `${run.prefix}PO-${code}-${index + 1}`, supplier: code };
      const { sku } = chance.pick(range);
      const quantity = 240;
      const expectedOn = inDays(-late);
      const unitPrice = 1_500;
      await order(buying, [{ sku, warehouse: WAREHOUSE, quantity, unitPrice, expectedOn }]);
      await receive(buying, [{ line: 1, units: quantity }]);
    }
  }
}

/** The products that most units wait for and that nobody has bought yet, of one supplier. */
async function wanted(client: Client, supplier: string): Promise<{ sku: string; units: number }[]> {
  const { rows } = await client.must('listPurchaseSuggestions', { query: { supplier, limit: PAGE } });
  return rows
    .map(({ sku, suggested }) => ({ sku, units: suggested }))
    .sort((a, b) => b.units - a.units || (a.sku < b.sku ? -1 : 1));
}

function linesFor(rows: readonly { sku: string; units: number }[], expectedOn: string): DraftLine[] {
  return rows.map(({ sku, units }) => ({
    sku,
    warehouse: WAREHOUSE,
    quantity: units,
    unitPrice: 1_500,
    expectedOn,
  }));
}

/** A late order, a short one, one that the supplier moved, and a draft of what is suggested. */
async function playOpenOrders(run: Run): Promise<string> {
  const { client, prefix } = run;
  const late = { run, number: `${prefix}PO-late`, supplier: 'brightway' };
  const brightway = await wanted(client, 'brightway');
  const some = Math.ceil(brightway.length / 3);
  await order(late, linesFor(brightway.slice(0, some), inDays(-4)));
  const moved = { run, number: `${prefix}PO-moved`, supplier: 'brightway' };
  await order(moved, linesFor(brightway.slice(some, 2 * some), inDays(7)));
  const short = { run, number: `${prefix}PO-short`, supplier: 'hansa' };
  const hansa = (await wanted(client, 'hansa')).slice(0, 6);
  await order(short, linesFor(hansa, inDays(0)));
  await promisesSettled(run.address);
  const params = { purchaseOrder: moved.number };
  const lines = brightway
    .slice(some, 2 * some)
    .map((_, index) => ({ line: index + 1, expectedOn: inDays(19) }));
  await client.must('quoteExpectedDates', { params, body: { reason: 'the ship is late', lines } });
  const arrived = hansa.map(({ units }, index) => ({ line: index + 1, units: Math.ceil(units * 0.6) }));
  await receive(short, arrived);
  const reason = 'the supplier has no more';
  await client.must('closePurchaseOrder', { params: { purchaseOrder: short.number }, body: { reason } });
  await client.must('draftSuggested', { body: { supplier: 'lowland', warehouse: WAREHOUSE } });
  return late.number;
}

/** Units pre-ordered by day, the first day first. */
const CURVES: readonly (readonly number[])[] = [
  [14, 6, 4, 5, 6, 8, 12, 25],
  [20, 9, 6, 6, 9, 10, 18, 30],
  [9, 5, 3, 4, 4, 6, 10, 17],
  [16, 8, 5, 5, 8, 10, 14, 29],
  [12, 6, 4, 4, 7, 7, 12, 22],
];
const NOW_OPEN: readonly number[] = [22, 10, 7, 6];
const LAUNCH = 'ED-NEW';

async function launch(run: Run, sku: string, { curve, left }: { curve: readonly number[]; left: number }) {
  const body = (days: number) => ({
    name: `Limited edition ${sku.slice(3)}`,
    policy: { preorder: { allowed: true }, release: { at: inDays(days), timeZone: 'Europe/Amsterdam' } },
  });
  // Pre-orders are taken before a release; afterwards the release is what it was.
  await run.client.must('putProduct', { params: { sku }, body: body(365) });
  const orders = curve.map((quantity, day) => ({
    channel: 'web-nl',
    number: `${run.prefix}${sku}-${day}`,
    placedAt: new Date(Date.now() - (curve.length - day) * DAY_MS).toISOString(),
    items: [{ sku, quantity, unitPrice: 3_900 }],
  }));
  await run.client.must('placeOrders', { body: { orders } });
  await run.client.must('putProduct', { params: { sku }, body: body(left) });
}

async function playLaunches(run: Run): Promise<void> {
  for (const [index, curve] of CURVES.entries()) await launch(run, `ED-${index + 1}`, { curve, left: -1 });
  await launch(run, LAUNCH, {
    curve: NOW_OPEN,
    left: CURVES[0] === undefined ? 1 : CURVES[0].length - NOW_OPEN.length,
  });
}

async function countSupply({ client }: Run, lateOrder: string): Promise<DemoSupply> {
  const purchaseOrders: Record<string, number> = {};
  let late = 0;
  let cursor: string | undefined;
  do {
    const page = await client.must('listPurchaseOrders', {
      query: cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor },
    });
    for (const row of page.rows) {
      purchaseOrders[row.status] = (purchaseOrders[row.status] ?? 0) + 1;
      if (row.late) late++;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const affected = await client.must('listAffectedItems', {
    params: { purchaseOrder: lateOrder },
    query: { limit: PAGE },
  });
  const suggestions = await client.must('listPurchaseSuggestions', { query: { limit: PAGE } });
  const { forecast } = await client.must('forecastLaunch', { params: { sku: LAUNCH } });
  return {
    purchaseOrders,
    late,
    lateOrder,
    affectedItems: affected.rows.length,
    suggestions: suggestions.rows.length,
    launch: forecast === null ? null : { ...forecast, sku: LAUNCH },
  };
}

/** Progress advances once for each product. */
export async function playSupply(
  run: Run,
  products: readonly DemoProduct[],
  chance: Chance,
): Promise<DemoSupply> {
  run.progress.note('suppliers');
  await makeSuppliers(run.client, products, () => run.progress.advance());
  run.progress.note('purchase orders');
  await playRecord(run, products, chance);
  await settled(run.address);
  const late = await playOpenOrders(run);
  run.progress.note('launches');
  await playLaunches(run);
  await settled(run.address);
  await promisesSettled(run.address);
  return await countSupply(run, late);
}
