/**
 * Branded ids, so that a warehouse can never be passed where a product is meant.
 *
 * An order's id is drawn from one sequence while its products are locked: for any product, a smaller order
 * id was accepted earlier. It is therefore the acceptance order and the last word of every rank.
 */
declare const idBrand: unique symbol;
type Id<Name extends string> = number & { readonly [idBrand]: Name };

export type ProductId = Id<'product'>;
export type WarehouseId = Id<'warehouse'>;
export type ChannelId = Id<'channel'>;
export type OrderId = Id<'order'>;
export type SupplierId = Id<'supplier'>;
export type PurchaseOrderId = Id<'purchase order'>;
/** 1, 2, 3 … within one order. */
export type LineNumber = Id<'line'>;

export const productId = (value: number): ProductId => value as ProductId;
export const warehouseId = (value: number): WarehouseId => value as WarehouseId;
export const channelId = (value: number): ChannelId => value as ChannelId;
export const orderId = (value: number): OrderId => value as OrderId;
export const lineNumber = (value: number): LineNumber => value as LineNumber;
