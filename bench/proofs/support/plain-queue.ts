/**
 * What happens to one product, by plain arithmetic: a stock that arrivals raise and orders lower, below zero where they
 * wait, first come, first served. Written apart from everything it is compared with.
 */
import type { Happening } from './queueing-models.ts';

export interface PlainFigures {
  readonly orders: number;
  readonly orderedUnits: number;
  /** Units given, and orders given in full, when they were ordered. */
  readonly unitsAtOnce: number;
  readonly ordersAtOnce: number;
  /** Units that wait at each of the moments. */
  readonly waiting: readonly number[];
}

/** @param happenings in the order of their times; orders count from `from` on */
export function plainFigures(
  happenings: readonly Happening[],
  { from, moments }: { readonly from: number; readonly moments: readonly number[] },
): PlainFigures {
  let stock = 0;
  const sums = { orders: 0, orderedUnits: 0, unitsAtOnce: 0, ordersAtOnce: 0 };
  const waiting: number[] = [];
  for (const { at, kind, units } of happenings) {
    while ((moments[waiting.length] ?? Number.POSITIVE_INFINITY) < at) waiting.push(Math.max(0, -stock));
    const atOnce = kind === 'order' ? Math.max(0, Math.min(units, stock)) : 0;
    stock += kind === 'order' ? -units : units;
    if (kind !== 'order' || at < from) continue;
    sums.orders += 1;
    sums.orderedUnits += units;
    sums.unitsAtOnce += atOnce;
    if (atOnce === units) sums.ordersAtOnce += 1;
  }
  while (waiting.length < moments.length) waiting.push(Math.max(0, -stock));
  return { ...sums, waiting };
}
