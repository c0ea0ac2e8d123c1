/**
 * The queue policy: who of those that wait for a product comes first. One policy today: priority, then since when it waits,
 * then the order of acceptance, then the line. Whoever adds another (a fair share, say) writes it here and in
 * db/rank, where queues are read in the same order; nowhere else is a rank compared (test/house/rank.test.ts).
 */
import type { OrderItem } from '../orders/order-item.ts';

/** What an item's place in its queue follows from. */
export type Rank = Pick<OrderItem, 'priority' | 'waitingSince' | 'order' | 'line'>;

/** Negative: `a` is served first. */
export function compareRank(a: Rank, b: Rank): number {
  return b.priority - a.priority || a.waitingSince - b.waitingSince || a.order - b.order || a.line - b.line;
}
