/**
 * Whose units a purchase order line brings. One that was bought for an item is that item's alone while it
 * waits outside the queue (`bought`); once the item has joined the queue, or is gone, what comes on the line
 * is for all. Whoever counts what is on its way for everybody asks here, so that no two figures differ by
 * such lines.
 */
import { sql } from 'kysely';

/** Joins a line `l` to the item `i` whose alone it is. */
export const ITEM_OF_LINE = sql`i.order_id = l.for_order and i.line = l.for_line and i.bought`;

/** Whether what comes on a line `l` is for all who wait. */
export const IS_FOR_ALL = sql`not exists (select from order_items i where ${ITEM_OF_LINE})`;
