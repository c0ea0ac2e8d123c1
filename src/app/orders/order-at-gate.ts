/**
 * Changes to one order: its products are locked first, then its row, then its items and allocations are read. Every
 * story of an order's life starts here and answers with the order as it is afterwards.
 */
import type { OrderView } from '../../contract/order-views.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import type { LineNumber, OrderId, WarehouseId } from '../../core/kernel/ids.ts';
import { type Outcome, refuse } from '../../core/kernel/refusal.ts';
import type { Allocation, OrderItem } from '../../core/orders/order-item.ts';
import { inTransaction } from '../../db/database.ts';
import { changePositions } from '../../db/gate/product-positions.ts';
import { readAllocations } from '../../db/orders/allocations.ts';
import { readItems } from '../../db/orders/order-items.ts';
import { lockOrder, type OrderRow, productsOfOrder } from '../../db/orders/orders.ts';
import type { App } from '../frame/app.ts';
import { warehouseByCode } from '../frame/by-code.ts';
import type { Gate } from '../frame/gate.ts';
import { type Answered, type ChangeRequest, changeAtGate, fresh } from '../frame/once.ts';
import { readerOfGate } from '../frame/reader.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { itemNotFound, orderNotFound } from '../frame/refusals.ts';
import { readOrderView } from './view-order.ts';

export interface OrderAtGate {
  readonly gate: Gate;
  readonly order: OrderRow;
  readonly items: readonly OrderItem[];
  /** Allocations of a line, the most preferred warehouse first. */
  readonly allocationsOf: (line: LineNumber) => readonly Allocation[];
  readonly itemOf: (line: number) => OrderItem | undefined;
}

export type Change = (at: OrderAtGate) => Promise<Outcome<undefined>>;

/** A request to change one order. */
export interface OrderCall<Body = unknown> {
  readonly request: ChangeRequest;
  readonly id: OrderId;
  readonly body: Body;
}

/** Makes `change` to the order, once, and answers with the order. */
export async function changeOrderAtGate(
  app: App,
  { request, id }: OrderCall,
  change: Change,
): Promise<Answered<OrderView>> {
  const products = await inTransaction(app.db, (tx) => productsOfOrder(tx, id));
  return await changeAtGate<OrderView>({ app, request, products }, async (gate) => {
    const at = await readOrderAtGate(gate, id);
    if (at === undefined) return fresh(orderNotFound(id));
    const changed = await change(at);
    return fresh(changed.ok ? await orderAnswer(gate, id) : changed);
  });
}

/** The same for what a warehouse says of its allocations. */
export async function changeOrderAtWarehouse<Body extends { readonly warehouse: string }>(
  app: App,
  call: OrderCall<Body>,
  change: (at: OrderAtGate, warehouse: Warehouse) => Promise<Outcome<undefined>>,
): Promise<Answered<OrderView>> {
  return await changeOrderAtGate(app, call, async (at) => {
    const found = warehouseByCode(at.gate, call.body.warehouse);
    return found.ok ? await change(at, found.value) : found;
  });
}

export async function orderAnswer(gate: Gate, id: OrderId): Promise<Outcome<OrderView>> {
  const view = await readOrderView(readerOfGate(gate), id);
  return view === undefined ? orderNotFound(id) : { ok: true, value: view };
}

export async function readOrderAtGate(gate: Gate, id: OrderId): Promise<OrderAtGate | undefined> {
  const order = await lockOrder(gate.tx, id);
  if (order === undefined) return undefined;
  const [items, allocations] = await Promise.all([readItems(gate.tx, [id]), readAllocations(gate.tx, [id])]);
  return {
    gate,
    order,
    items,
    allocationsOf: (line) => allocations.filter((each) => each.line === line),
    itemOf: (line) => items.find((each) => each.line === line),
  };
}

export interface Held {
  readonly item: OrderItem;
  readonly allocation: Allocation;
  readonly units: number;
}

export interface UnitsOfLine {
  readonly line: number;
  readonly units: number;
}

/** Which units of an allocation are asked for: all that are open, or those of them that nobody has picked. */
export type UnitsHeld = 'open' | 'unpicked';

/** The asked units of allocations in a warehouse; refuses the first line that has not that many. */
export function heldUnits(
  at: OrderAtGate,
  { warehouse, of }: { readonly warehouse: Warehouse; readonly of: UnitsHeld },
  lines: readonly UnitsOfLine[],
): Outcome<readonly Held[]> {
  const held: Held[] = [];
  for (const { line, units } of lines) {
    const item = at.itemOf(line);
    if (item === undefined) return itemNotFound(at.order.id, line);
    const allocation = allocationIn(at, item, warehouse.id);
    const has = allocation === undefined ? 0 : unitsHeld(allocation, of);
    if (allocation === undefined || has < units) {
      return refuse(
        'not_allocated',
        `Line ${line} has ${has} ${of === 'unpicked' ? 'unpicked ' : ''}units allocated in ${warehouse.code}, not ${units}`,
        { line, warehouse: warehouse.code, allocated: has, units },
      );
    }
    held.push({ item, allocation, units });
  }
  return { ok: true, value: held };
}

function unitsHeld({ open, picked }: Allocation, of: UnitsHeld): number {
  return of === 'open' ? open : open - picked;
}

/**
 * Records changes of the order's items. An order that is served only as a whole may be complete now that another of
 * its items changed, and rules may look at the order as it is now, so all its products are looked at again.
 */
export async function recordOrderChanges(
  at: OrderAtGate,
  changes: readonly ItemChange[],
  fillCause: string,
): Promise<void> {
  await recordChanges(at.gate, changes, fillCause);
  if (at.gate.world.ruleSet === null && !at.items.some((item) => item.whole)) return;
  const products = new Set(at.items.map((item) => item.product));
  await changePositions(
    at.gate.tx,
    [...products].map((product) => ({ product, backordered: 0, preordered: 0, unfillable: 0, fillCause })),
  );
}

export function allocationIn(
  at: OrderAtGate,
  item: OrderItem,
  warehouse: WarehouseId,
): Allocation | undefined {
  return at.allocationsOf(item.line).find((each) => each.warehouse === warehouse);
}
