/**
 * What a customer has to be told. They were told slices; units that were served since left from the front, and the
 * slices of today are compared with the rest, unit by unit. A day that moves by more than the quiet days, becomes
 * known or becomes unknown is told; a smaller move is not, and counts on from what was told last.
 */
import { daysBetween } from '../kernel/time.ts';
import type { PromiseSlice } from './promise.ts';

export interface Told {
  /** What holds towards the customer now: what was told, or what is to be told. */
  readonly slices: readonly PromiseSlice[];
  /** There is something to tell. */
  readonly news: boolean;
}

/**
 * @param told what was told last; undefined when nothing was
 * @param quietDays days a promise may move without a word
 */
export function toldPromise(
  told: readonly PromiseSlice[] | undefined,
  now: readonly PromiseSlice[],
  quietDays: number,
): Told {
  if (told === undefined) return { slices: now, news: now.some(({ on }) => on !== null) };
  const rest = lastUnits(told, unitsOf(now));
  const moved = unitsOf(rest) < unitsOf(now) ? Number.POSITIVE_INFINITY : largestMove(rest, now);
  if (moved > quietDays) return { slices: now, news: true };
  return { slices: moved === 0 ? now : rest, news: false };
}

/** The same units, days and sources. */
export function sameSlices(a: readonly PromiseSlice[], b: readonly PromiseSlice[]): boolean {
  return a.length === b.length && a.every((slice, index) => sameSlice(slice, b[index]));
}

function sameSlice(a: PromiseSlice, b: PromiseSlice | undefined): boolean {
  if (b === undefined || a.units !== b.units || a.on !== b.on || a.source !== b.source) return false;
  return a.purchaseOrder === b.purchaseOrder && a.line === b.line && a.confidence === b.confidence;
}

function unitsOf(slices: readonly PromiseSlice[]): number {
  return slices.reduce((sum, { units }) => sum + units, 0);
}

/** The slices without their first units, so that `wanted` are left. */
function lastUnits(slices: readonly PromiseSlice[], wanted: number): PromiseSlice[] {
  let served = Math.max(0, unitsOf(slices) - wanted);
  return slices.flatMap((slice) => {
    const gone = Math.min(served, slice.units);
    served -= gone;
    return gone === slice.units ? [] : [{ ...slice, units: slice.units - gone }];
  });
}

/** Most days by which a unit's day differs between two lists of as many units; infinite when one is not known. */
function largestMove(before: readonly PromiseSlice[], after: readonly PromiseSlice[]): number {
  let largest = 0;
  let [a, b] = [0, 0];
  let [leftA, leftB] = [before[0]?.units ?? 0, after[0]?.units ?? 0];
  for (;;) {
    const [old, now] = [before[a], after[b]];
    if (old === undefined || now === undefined) return largest;
    largest = Math.max(largest, move(old, now));
    const step = Math.min(leftA, leftB);
    leftA -= step;
    leftB -= step;
    if (leftA === 0) leftA = before[++a]?.units ?? 0;
    if (leftB === 0) leftB = after[++b]?.units ?? 0;
  }
}

function move({ on: old }: PromiseSlice, { on: now }: PromiseSlice): number {
  if (old === null || now === null) return old === now ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(daysBetween(old, now));
}
