/**
 * Buying advice: what waits and nobody has bought yet becomes a suggestion, and with one click a draft. What is drafted
 * counts as bought, so the second click finds nothing left to order.
 */
import type { AnswerOf, BodyOf, QueryOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import type { SuggestionView } from '../../contract/purchasing/purchasing.ts';
import { MAX_ORDER_UNITS, MAX_VALUE } from '../../core/kernel/bounds.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import { type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import { addDays, daysBetween, type Instant, isoInstant, later, localDate } from '../../core/kernel/time.ts';
import { afterOpenDays } from '../../core/supply/calendar.ts';
import { orderQuantity } from '../../core/supply/order-quantity.ts';
import { onSnapshot, type Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import {
  addPurchaseLines,
  drawPurchaseOrderNumber,
  insertPurchaseOrderEvent,
  ownPurchasing,
  putPurchaseOrderRow,
} from '../../db/supply/purchase-orders.ts';
import { readSourcing, readSupplier, type Sourcing, type Supplier } from '../../db/supply/suppliers.ts';
import { readPurchaseOrderView } from '../../reads/purchasing/purchase-orders.ts';
import { listUncovered, type UncoveredRow } from '../../reads/purchasing/purchase-suggestions.ts';
import type { App } from '../frame/app.ts';
import { warehouseByCode } from '../frame/by-code.ts';
import { type Answered, type ChangeRequest, fresh, once } from '../frame/once.ts';
import { noStockKept, refuseUnknownSkus, unknownSupplier } from '../frame/refusals.ts';

export async function suggestPurchases(
  app: App,
  query: QueryOf<'listPurchaseSuggestions'>,
): Promise<AnswerOf<'listPurchaseSuggestions'>> {
  return await onSnapshot(app.db, async (tx) => {
    const page = await listUncovered(tx, query, undefined);
    const { now } = await readClock(tx);
    const sourcing = await readSourcing(
      tx,
      page.rows.map(({ product }) => product),
    );
    return { ...page, rows: page.rows.map((row) => suggestionOf(row, sourcing.get(row.product), now)) };
  });
}

function suggestionOf(row: UncoveredRow, source: Sourcing | undefined, now: Instant): SuggestionView {
  const { product: _, releaseOn, waitingSince, ...rest } = row;
  const today = localDate(now, source?.timeZone ?? 'UTC');
  const neededOn = row.backordered + row.unfillable === 0 && releaseOn !== null ? releaseOn : today;
  const arrivesOn = source === undefined ? null : afterOpenDays(source, today, source.leadDays);
  const slack = arrivesOn === null ? 0 : daysBetween(arrivesOn, neededOn);
  const suggested = source === undefined ? row.uncovered : orderQuantity(row.uncovered, source);
  return {
    ...rest,
    supplier: source?.supplierCode ?? null,
    waitingSince: isoInstant(waitingSince),
    neededOn,
    orderBy: later(today, addDays(today, slack)),
    arrivesOn,
    suggested,
    value: `${BigInt(suggested) * BigInt(source?.unitPrice ?? 0)}`,
  };
}

type Body = BodyOf<'draftSuggested'>;

/** Most lines one draft gets. */
const MAX_LINES = 500;

export async function draftSuggested(
  app: App,
  request: ChangeRequest,
  body: Body,
): Promise<Answered<PurchaseOrderView>> {
  const ids = await app.productIds.find(body.skus ?? []);
  return await once<PurchaseOrderView>(app, request, async (tx) => {
    await ownPurchasing(tx);
    return fresh(await draft({ app, tx, ids }, body));
  });
}

interface Drafting {
  readonly app: App;
  readonly tx: Tx;
  readonly ids: ReadonlyMap<string, ProductId>;
}

async function draft({ app, tx, ids }: Drafting, body: Body): Promise<Outcome<PurchaseOrderView>> {
  const { now, version } = await readClock(tx);
  const supplier = await readSupplier(tx, body.supplier);
  if (supplier === undefined) return unknownSupplier(body.supplier);
  const configuration = await app.configuration.at(tx, version);
  const warehouse = warehouseByCode({ configuration }, body.warehouse);
  if (!warehouse.ok) return warehouse;
  if (warehouse.value.stock === 'unmanaged') return noStockKept(body.warehouse);
  const known = refuseUnknownSkus(body.skus ?? [], ids);
  if (!known.ok) return known;
  const query = {
    limit: MAX_LINES,
    cursor: undefined,
    sku: undefined,
    supplier: body.supplier,
    sort: 'sku',
  } as const;
  const { rows } = await listUncovered(tx, query, body.skus);
  const sourcing = await readSourcing(
    tx,
    rows.map(({ product }) => product),
  );
  const wanted = rows.flatMap(({ product, uncovered }) => {
    const source = sourcing.get(product);
    return source === undefined ? [] : [{ product, uncovered, source }];
  });
  const lines = withinOneOrder(wanted).map(({ product, units, source: { unitPrice } }) => ({
    ...{ product, warehouse: warehouse.value.id, ordered: units, unitPrice },
    ...{ expectedOn: null, forOrder: null, forLine: null },
  }));
  if (lines.length === 0) return nothingToOrder(body);
  const number = await drawPurchaseOrderNumber(tx);
  const value = lines.reduce((sum, line) => sum + BigInt(line.ordered) * BigInt(line.unitPrice), 0n);
  const note = noteOf(supplier, value);
  const id = await putPurchaseOrderRow(tx, { number, supplier: supplier.id, note }, now);
  await addPurchaseLines(
    tx,
    id,
    lines.map((each, index) => ({ ...each, line: index + 1 })),
  );
  const details = { supplier: body.supplier, lines: lines.length, suggested: true };
  await insertPurchaseOrderEvent(tx, id, { cause: 'drafted', details, now });
  const view = await readPurchaseOrderView(tx, number);
  return view === undefined ? nothingToOrder(body) : { ok: true, value: view };
}

interface Wanted {
  readonly product: ProductId;
  readonly uncovered: number;
  readonly source: Sourcing;
}

/** What one purchase order may hold of it, in whole packs; the rest waits for the next draft, where it is suggested again. */
function withinOneOrder(wanted: readonly Wanted[]): (Wanted & { readonly units: number })[] {
  let [unitsLeft, valueLeft] = [MAX_ORDER_UNITS, MAX_VALUE];
  const drafted: (Wanted & { readonly units: number })[] = [];
  for (const each of wanted) {
    const { unitPrice, packSize, minimumUnits } = each.source;
    const room = Math.min(unitsLeft, Math.floor(valueLeft / Math.max(unitPrice, 1)));
    const suggested = orderQuantity(each.uncovered, each.source);
    const units = Math.min(suggested, Math.floor(room / packSize) * packSize);
    if (units === 0 || units < minimumUnits) continue;
    unitsLeft -= units;
    valueLeft -= units * unitPrice;
    drafted.push({ ...each, units });
  }
  return drafted;
}

function noteOf({ minimumOrder }: Supplier, value: bigint): string {
  const missing = BigInt(minimumOrder ?? 0) - value;
  return missing > 0n
    ? `Suggested by what waits; ${missing} (minor units) below the least order of the supplier`
    : 'Suggested by what waits';
}

function nothingToOrder({ supplier }: Body): Refused {
  return refuse(
    'nothing_to_order',
    `Nothing that waits has to be ordered of ${supplier}: it is free, incoming or drafted`,
    {
      supplier,
    },
  );
}
