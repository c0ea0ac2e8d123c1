/**
 * Quantities: whole units, never negative, never more than a billion.
 *
 * Everything Allot counts (ordered, allocated, waiting, on hand) is a Quantity; a change of one is a plain
 * signed number. There is no infinity and no -1 for "no limit": a limit says `unlimited`.
 * The upper bound keeps sums of many quantities exact in a double and a single one inside a 4-byte integer.
 */
import { invariant } from './assert.ts';

declare const quantityBrand: unique symbol;
export type Quantity = number & { readonly [quantityBrand]: true };

/** Most units one item, level or movement may hold. */
export const MAX_QUANTITY = 1_000_000_000;

export type Limit = Quantity | 'unlimited';

function isQuantity(value: number): value is Quantity {
  return Number.isInteger(value) && value >= 0 && value <= MAX_QUANTITY;
}

/** The number as a Quantity; throws when it is not one, since by then the edge has checked it. */
export function quantity(value: number): Quantity {
  invariant(isQuantity(value), `not a quantity: ${value}`);
  return value;
}

export const ZERO = quantity(0);

export function least(a: Quantity, b: Limit): Quantity {
  return b === 'unlimited' || a <= b ? a : b;
}

/** What is left of `limit` after `used`; zero when more is used than the limit allows today. */
export function remaining(limit: Limit, used: number): Limit {
  return limit === 'unlimited' ? 'unlimited' : quantity(Math.max(0, limit - used));
}

/** The smaller of two limits. */
export function tighter(a: Limit, b: Limit): Limit {
  if (a === 'unlimited') return b;
  return b === 'unlimited' || a <= b ? a : b;
}
