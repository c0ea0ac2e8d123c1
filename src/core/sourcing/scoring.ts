/**
 * What a strategy may look at when it scores a warehouse for an item. A score is a number, the lower the better, or
 * null where it cannot be said (no coordinates, no rate that fits): such a warehouse comes last and the explanation
 * says so. A strategy is a pure function; whoever adds one adds a file in strategies/ and a row in strategies/scores.
 */
import type { Warehouse } from '../inventory/warehouse.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import type { Limit } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';

/** Where an order goes, as far as it is known. */
export interface Destination {
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** What a warehouse was given to do on its current day. */
export interface DayLoad {
  readonly orders: number;
  readonly units: number;
}

export interface Scoring {
  readonly now: Instant;
  readonly destination: Destination;
  /** Of the whole order; null when the weight of one of its products is not known. */
  readonly weightGrams: number | null;
  readonly load: (warehouse: WarehouseId) => DayLoad;
}

/** A warehouse that may serve an item, and how much of it. */
export interface Candidate {
  readonly warehouse: Warehouse;
  readonly free: Limit;
}

/**
 * Scores are multiples of it, so that their sums are exact and the same in any order (parts of a thousand would not be).
 * Of a kilometre it is about a metre, which decides nothing.
 */
export const GRAIN = 1 / 1024;

export function toGrain(value: number): number {
  return Math.round(value / GRAIN) * GRAIN;
}

export type Score = (candidate: Candidate, units: number, scoring: Scoring) => number | null;
