/**
 * The driver's acts on incoming supply, and what the core promises from it. How many units are open, may be counted in
 * or may be promised, how an order stands and who is promised what on which day is all asked of the core; the walk
 * through the queue is that of the code that tells customers (app/promises/publish-promises.ts).
 */
import { excludedByRules } from '../../../src/core/allocation/excluded-by-rules.ts';
import { compareRank } from '../../../src/core/allocation/queue-policy.ts';
import { wishOf } from '../../../src/core/allocation/waiting-wish.ts';
import { available } from '../../../src/core/inventory/level.ts';
import { present } from '../../../src/core/kernel/assert.ts';
import type { ProductId, WarehouseId } from '../../../src/core/kernel/ids.ts';
import { instant, type LocalDate, later, localDate, localDateFrom } from '../../../src/core/kernel/time.ts';
import { unserved } from '../../../src/core/orders/buckets.ts';
import { type DatedSupply, Pegging, type PromiseSlice, promise } from '../../../src/core/promises/promise.ts';
import { rankWarehouses } from '../../../src/core/sourcing/rank-warehouses.ts';
import { afterOpenDays, openDayFrom } from '../../../src/core/supply/calendar.ts';
import {
  isOnItsWay,
  mayReceive,
  openUnits,
  purchaseOrderStatus,
} from '../../../src/core/supply/purchase-order.ts';
import {
  asOrderItem,
  attributesOf,
  type CoreState,
  type HeldItem,
  type HeldOrder,
  type HeldPurchaseLine,
  type HeldPurchaseOrder,
  isManaged,
  levelOf,
  policyOn,
  productFacts,
} from './core-state.ts';
import { ACCEPTED, type ActOutcome, refusedWith, type SupplyAct, type WorldView } from './plain-acts.ts';

type ActOf<Name extends SupplyAct['act']> = Extract<SupplyAct, { act: Name }>;

function orderSupply(state: CoreState, act: ActOf<'orderSupply'>): ActOutcome {
  const lines = act.lines.map(({ sku, warehouse, units, expectedOn }, index) => ({
    line: index + 1,
    product: state.productCodes.id(sku),
    warehouse: state.warehouseCodes.id(warehouse),
    ordered: units,
    received: 0,
    closed: 0,
    expectedOn: localDateFrom(expectedOn),
  }));
  if (lines.some(({ warehouse }) => !isManaged(state, warehouse))) return refusedWith('stock_unmanaged');
  state.purchaseOrders.push({ number: act.purchaseOrder, supplier: act.supplier, stage: 'sent', lines });
  return ACCEPTED;
}

function lineOf(order: HeldPurchaseOrder, line: number): HeldPurchaseLine {
  return present(
    order.lines.find((each) => each.line === line),
    `line ${line} of ${order.number}`,
  );
}

function receive(
  state: CoreState,
  order: HeldPurchaseOrder,
  { warehouse, lines }: ActOf<'receivePurchaseOrder'>,
): ActOutcome {
  const place = state.warehouseCodes.id(warehouse);
  const { overReceiptPercent } = present(state.suppliers.get(order.supplier), order.supplier);
  const arrived = lines.map(({ line, units }) => ({ line: lineOf(order, line), units }));
  if (arrived.some(({ line }) => line.warehouse !== place)) return refusedWith('wrong_warehouse');
  if (arrived.some(({ line, units }) => units > mayReceive(line, overReceiptPercent)))
    return refusedWith('over_receipt');
  for (const { line, units } of arrived) {
    line.received += units;
    levelOf(state, line.product, place).onHand += units;
  }
  return ACCEPTED;
}

function close(order: HeldPurchaseOrder, { lines }: ActOf<'closePurchaseOrder'>): ActOutcome {
  const asked = lines ?? order.lines.map(({ line }) => ({ line, units: null }));
  const ending = asked.map(({ line, units }) => {
    const found = lineOf(order, line);
    return { found, units: units ?? openUnits(found) };
  });
  if (ending.some(({ found, units }) => units > openUnits(found))) return refusedWith('too_many_units');
  for (const { found, units } of ending) found.closed += units;
  return ACCEPTED;
}

function cancel(order: HeldPurchaseOrder): ActOutcome {
  if (order.lines.some(({ received }) => received > 0)) return refusedWith('partly_received');
  if (order.stage === 'cancelled') return refusedWith('purchase_order_ended');
  order.stage = 'cancelled';
  return ACCEPTED;
}

export function performSupplyAct(state: CoreState, act: SupplyAct): ActOutcome {
  if (act.act === 'putSupplier') {
    state.suppliers.set(act.supplier.code, act.supplier);
    return ACCEPTED;
  }
  if (act.act === 'orderSupply') return orderSupply(state, act);
  const order = present(
    state.purchaseOrders.find(({ number }) => number === act.purchaseOrder),
    act.purchaseOrder,
  );
  if (act.act === 'cancelPurchaseOrder') return cancel(order);
  if (!isOnItsWay(order.stage)) return refusedWith('not_on_its_way');
  switch (act.act) {
    case 'quoteExpectedDate':
      lineOf(order, act.line).expectedOn = localDateFrom(act.expectedOn);
      return ACCEPTED;
    case 'receivePurchaseOrder':
      return receive(state, order, act);
    case 'closePurchaseOrder':
      return close(order, act);
  }
}

/** Free stock in the order of warehouses, then what purchase orders bring, the older order first. */
function suppliesOf(state: CoreState, product: ProductId): DatedSupply[] {
  const shippableOn = (id: WarehouseId, arrival?: LocalDate) => {
    const warehouse = present(state.warehouses.get(id), `warehouse ${id}`);
    const today = localDate(instant(state.now), warehouse.timeZone);
    const day = openDayFrom(warehouse, arrival === undefined ? today : later(arrival, today));
    return afterOpenDays(warehouse, day, warehouse.handlingDays);
  };
  const nothing = { purchaseOrder: null, line: null, confidence: null };
  const stock = state.levels
    .filter((level) => level.product === product && available(level) > 0)
    .sort((a, b) => a.warehouse - b.warehouse)
    .map((level): DatedSupply => {
      const { warehouse } = level;
      return { ...nothing, source: 'stock', warehouse, on: shippableOn(warehouse), units: available(level) };
    });
  const incoming = state.purchaseOrders.flatMap(({ number, stage, lines }) =>
    lines
      .filter((each) => each.product === product && isOnItsWay(stage) && openUnits(each) > 0)
      .map((each): DatedSupply => {
        const { warehouse, line, expectedOn } = each;
        const on = shippableOn(warehouse, expectedOn);
        const units = openUnits(each);
        return {
          source: 'purchase_order',
          warehouse,
          on,
          units,
          purchaseOrder: number,
          line,
          confidence: null,
        };
      }),
  );
  return [...stock, ...incoming];
}

function releaseOn(state: CoreState, order: HeldOrder, item: HeldItem): LocalDate | null {
  const { releaseAt } = policyOn(state, item.product, order.channel);
  if (item.kind !== 'preorder' || releaseAt === null || releaseAt <= state.now) return null;
  return localDate(releaseAt, present(state.channels.get(order.channel), order.number).timeZone);
}

/** Warehouses that the rules keep from an item. */
function excludedOf(state: CoreState, order: HeldOrder, item: HeldItem): WarehouseId[] {
  const channel = present(state.channels.get(order.channel), order.number);
  const { warehouses, ruleSet } = state;
  const world = { now: instant(state.now), warehouses, ruleSet, product: productFacts };
  return excludedByRules(
    { channel, attributes: attributesOf(order) },
    wishOf(asOrderItem(order, item)),
    world,
  );
}

/** What the core promises of each item that waits. */
export function promisesOf(state: CoreState): Map<HeldItem, PromiseSlice[]> {
  const waiting = state.orders
    .flatMap((order) => order.items.map((item) => ({ order, item, ranked: asOrderItem(order, item) })))
    .filter(({ item }) => unserved(item.buckets) > 0)
    .sort((a, b) => compareRank(a.ranked, b.ranked));
  const promises = new Map<HeldItem, PromiseSlice[]>();
  for (const product of state.policies.keys()) {
    const pegging = new Pegging(suppliesOf(state, product));
    for (const { order, item, ranked } of waiting) {
      if (item.product !== product) continue;
      const channel = present(state.channels.get(order.channel), order.number);
      const serving = rankWarehouses(channel, state.warehouses, []).map(({ id }) => id);
      const excluded = excludedOf(state, order, item);
      const claim = {
        units: unserved(item.buckets),
        warehouses: new Set(serving.filter((id) => !excluded.includes(id))),
        rejectedBy: ranked.rejectedBy,
        releaseOn: releaseOn(state, order, item),
        leadTimeOn: null,
      };
      promises.set(item, promise(claim, pegging));
    }
  }
  return promises;
}

export function purchaseOrdersOf(state: CoreState): WorldView['purchaseOrders'] {
  return state.purchaseOrders.map(({ number, stage, lines }) => {
    const sum = (units: (line: HeldPurchaseLine) => number) =>
      lines.reduce((all, line) => all + units(line), 0);
    const units = {
      open: sum(openUnits),
      received: sum((each) => each.received),
      closed: sum((each) => each.closed),
    };
    return {
      number,
      status: purchaseOrderStatus(stage, units),
      lines: lines.map(({ product, warehouse, ...line }) => ({
        ...line,
        sku: state.productCodes.code(product),
        warehouse: state.warehouseCodes.code(warehouse),
        open: openUnits(line),
      })),
    };
  });
}
