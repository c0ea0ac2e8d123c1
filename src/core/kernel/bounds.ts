/**
 * What sums may come to. One item, level or movement is bounded by MAX_QUANTITY; here stand the bounds of what is added up of
 * them, so that each sum is an exact number wherever it passes: below 2^53 in JSON and JavaScript, below 2^63 in PostgreSQL.
 * They are checked where units are let in, by every door; what older versions let in beyond them is read without failing.
 */
import { MAX_QUANTITY } from './quantity.ts';

/** Most units of one order or purchase order, all its lines together, cancelled ones included. */
export const MAX_ORDER_UNITS = MAX_QUANTITY;
/** Most that one order or purchase order is worth, in minor units: ten thousand billion euros. */
export const MAX_VALUE = 1_000_000_000_000_000;
/** Most units that wait for one product. */
export const MAX_WAITING = 1_000_000_000_000;
/** Grams of an order from which on rules see no difference: a billion tonnes. A product may become heavier at any time. */
export const MAX_WEIGHT = 1_000_000_000_000_000;

export interface ValuedUnits {
  readonly units: number;
  readonly unitPrice: number;
}

/** A sum beyond what is accepted; as text, since it may be beyond what a number can say. */
export interface Beyond {
  readonly of: 'units' | 'value';
  readonly sum: string;
  readonly most: number;
  /** The line, by its place, at which the sum goes beyond. */
  readonly at: number;
}

/** The first bound that these lines break together; lines that are no whole units and prices break another rule. */
export function beyondBounds(lines: readonly ValuedUnits[]): Beyond | undefined {
  if (!lines.every(areWhole)) return undefined;
  // Exact up to either bound, and never rounded down to it from above.
  const overUnits = placeBeyond(lines, ({ units }) => units, MAX_ORDER_UNITS);
  if (overUnits !== undefined) {
    const sum = lines.reduce((all, { units }) => all + units, 0);
    return { of: 'units', sum: `${sum}`, most: MAX_ORDER_UNITS, at: overUnits };
  }
  const at = placeBeyond(lines, ({ units, unitPrice }) => units * unitPrice, MAX_VALUE);
  return at === undefined ? undefined : { of: 'value', sum: exactValue(lines), most: MAX_VALUE, at };
}

function placeBeyond(
  lines: readonly ValuedUnits[],
  of: (line: ValuedUnits) => number,
  most: number,
): number | undefined {
  let sum = 0;
  for (const [at, line] of lines.entries()) {
    sum += of(line);
    if (sum > most) return at;
  }
  return undefined;
}

function areWhole({ units, unitPrice }: ValuedUnits): boolean {
  return Number.isSafeInteger(units) && Number.isSafeInteger(unitPrice);
}

function exactValue(lines: readonly ValuedUnits[]): string {
  return `${lines.reduce((sum, { units, unitPrice }) => sum + BigInt(units) * BigInt(unitPrice), 0n)}`;
}

/** In one sentence, for whoever sent them. */
export function beyondInWords({ of, sum, most }: Beyond): string {
  const what = of === 'units' ? 'units' : 'minor units of the currency';
  return `all lines together come to ${sum} ${what}; at most ${most} are accepted`;
}
