/** Exported records of stock: levels, the ledger behind them, and the documents behind the ledger. */
import { sql } from 'kysely';
import { causeByName, orderNamedBy } from './cause.ts';
import type { RecordKind } from './record.ts';

const levels: RecordKind = {
  record: 'inventory_level',
  instants: [],
  rows: sql`
    select p.sku, w.code as warehouse, l.on_hand as "onHand", l.allocated, l.movements
    from inventory_levels l
    join products p on p.id = l.product_id
    join warehouses w on w.id = l.warehouse_id`,
};

const movements: RecordKind = {
  record: 'movement',
  instants: ['recordedAt'],
  rows: sql`
    select p.sku, w.code as warehouse, m.number, m.kind, m.units, m.balance, m.reason,
      ${causeByName('m.cause')} as cause, m.recorded_at as "recordedAt"
    from movements m
    join products p on p.id = m.product_id
    join warehouses w on w.id = m.warehouse_id
    ${orderNamedBy('m.cause')}`,
};

const documents: RecordKind = {
  record: 'stock_document',
  instants: ['recordedAt'],
  rows: sql`select d.kind, d.reference, d.recorded_at as "recordedAt" from stock_documents d`,
};

export const STOCK_RECORDS = [levels, movements, documents];
