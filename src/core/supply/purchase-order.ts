/**
 * A purchase order: what was asked of a supplier, line by line, and how much of it is still on its way.
 *
 * Quantities are stored, status is derived, as with order items. A line's open units are those neither received nor
 * closed; they are incoming, and may be promised, once the order was sent. More than was ordered may be counted in
 * as far as the supplier's tolerance goes.
 */
import { frozen } from '../kernel/frozen.ts';
import type { PurchaseOrderId, SupplierId } from '../kernel/ids.ts';

export const PURCHASE_ORDER_STAGES = frozen(['draft', 'sent', 'confirmed', 'cancelled']);
/** What people did with it. */
export type PurchaseOrderStage = (typeof PURCHASE_ORDER_STAGES)[number];

export const PURCHASE_ORDER_STATUSES = frozen([
  'draft',
  'sent',
  'confirmed',
  'partly_received',
  'received',
  'closed',
  'cancelled',
]);
export type PurchaseOrderStatus = (typeof PURCHASE_ORDER_STATUSES)[number];

export interface PurchaseOrderLine {
  readonly ordered: number;
  readonly received: number;
  /** Units that will not come. */
  readonly closed: number;
}

export interface PurchaseOrder {
  readonly id: PurchaseOrderId;
  readonly number: string;
  readonly supplier: SupplierId;
  readonly stage: PurchaseOrderStage;
}

/** Units that are neither received nor closed. */
export function openUnits({ ordered, received, closed }: PurchaseOrderLine): number {
  return Math.max(0, ordered - received - closed);
}

/** Its open units are incoming and may be promised. */
export function isOnItsWay(stage: PurchaseOrderStage): boolean {
  return stage === 'sent' || stage === 'confirmed';
}

/** Units of all lines together. */
export interface PurchasedUnits {
  readonly open: number;
  readonly received: number;
  readonly closed: number;
}

/** The first that holds: a draft, cancelled, nothing open any more, some received, or how far it was sent. */
export function purchaseOrderStatus(
  stage: PurchaseOrderStage,
  { open, received, closed }: PurchasedUnits,
): PurchaseOrderStatus {
  if (!isOnItsWay(stage)) return stage;
  if (open === 0) return closed > 0 ? 'closed' : 'received';
  return received > 0 ? 'partly_received' : stage;
}

/** Most units that may still be counted in on a line, with the supplier's tolerance in percent of what was ordered. */
export function mayReceive({ ordered, received, closed }: PurchaseOrderLine, overPercent: number): number {
  if (closed > 0) return Math.max(0, ordered - received - closed);
  return Math.max(0, ordered + Math.floor((ordered * overPercent) / 100) - received);
}
