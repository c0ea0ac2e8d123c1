/** The acts of stock and of what waits. Every stock document becomes one call of the one door to stock. */

import { fresh } from '../../app/frame/once.ts';
import { unknownSkus } from '../../app/frame/refusals.ts';
import type { StockLine } from '../../app/frame/stock/stock-document.ts';
import { showWaiting } from '../../app/orders/waiting-list.ts';
import { changeStock } from '../../app/stock/change-stock.ts';
import type { inventoryOperations } from '../../contract/inventory.ts';
import type { waitingOperations } from '../../contract/waiting.ts';
import { DIRECTION, type MovementKind } from '../../core/inventory/movement.ts';
import { listInventoryLevels, listMovements } from '../../reads/catalog/inventory.ts';
import { listAllocations } from '../../reads/orders/allocations.ts';
import { type Acts, found } from './context.ts';
import { refuseUnknown } from './refuse-unknown.ts';

type UnitLine = { readonly sku: string; readonly units: number };

function lines(warehouse: string, kind: MovementKind, rows: readonly UnitLine[]): StockLine[] {
  const sign = DIRECTION[kind] === 'out' ? -1 : 1;
  return rows.map(({ sku, units }) => ({ sku, warehouse, kind, units: sign * units }));
}

export const stockActs: Acts<keyof typeof inventoryOperations | keyof typeof waitingOperations> = {
  receiveStock: ({ app }, { body: { reference, reason, warehouse, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'receive',
      reference,
      reason,
      lines: lines(warehouse, 'receive', rows),
      availableOnly: false,
    }),
  returnStock: ({ app }, { body: { reference, reason, warehouse, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'return',
      reference,
      reason,
      lines: lines(warehouse, 'return', rows),
      availableOnly: false,
    }),
  adjustStock: ({ app }, { body: { reference, reason, warehouse, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'adjust',
      reference,
      reason,
      lines: rows.map(({ sku, change: units }) => ({ sku, warehouse, kind: 'adjust', units })),
      availableOnly: false,
    }),
  countStock: ({ app }, { body: { reference, reason, warehouse, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'count',
      reference,
      reason,
      lines: rows.map(({ sku, counted }) => ({ sku, warehouse, kind: 'count', units: { counted } })),
      availableOnly: false,
    }),
  damageStock: ({ app }, { body: { reference, reason, warehouse, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'damage',
      reference,
      reason,
      lines: lines(warehouse, 'damage', rows),
      availableOnly: false,
    }),
  transferStock: ({ app }, { body: { reference, reason, from, to, lines: rows }, change }) =>
    changeStock(app, change, {
      kind: 'transfer',
      reference,
      reason,
      lines: [...lines(from, 'transfer_out', rows), ...lines(to, 'transfer_in', rows)],
      availableOnly: true,
    }),
  listInventoryLevels: async ({ app }, { query }) => found(await listInventoryLevels(app.db, query)),
  listMovements: async (context, { query }) => {
    const known = await refuseUnknown(context, query);
    if (!known.ok) return fresh(known);
    return found(await listMovements(context.app.db, query));
  },
  listWaiting: async ({ app }, { query }) => {
    const page = await showWaiting(app, query);
    return page === undefined ? fresh(unknownSkus([query.sku])) : found(page);
  },
  listAllocations: async (context, { query }) => {
    const known = await refuseUnknown(context, query);
    if (!known.ok) return fresh(known);
    return found(await listAllocations(context.app.db, query));
  },
};
