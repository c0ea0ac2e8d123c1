/**
 * Filling: how many units each warehouse gives to one wish. Takes the offers in order, from each as much as it
 * has, until nothing is wanted. Law: fills and short add up to what was wanted, and nobody gives more than it offers.
 */
import type { WarehouseId } from '../kernel/ids.ts';
import { least, type Quantity, quantity } from '../kernel/quantity.ts';
import type { Offer } from '../sourcing/offer.ts';

export interface Fill {
  readonly warehouse: WarehouseId;
  readonly units: Quantity;
}

export interface Filling {
  readonly fills: readonly Fill[];
  readonly short: Quantity;
}

export function fill(wanted: Quantity, offers: readonly Offer[]): Filling {
  const fills: Fill[] = [];
  let short: number = wanted;
  for (const { warehouse, free } of offers) {
    if (short === 0) break;
    const units = least(quantity(short), free);
    if (units === 0) continue;
    fills.push({ warehouse, units });
    short -= units;
  }
  return { fills, short: quantity(short) };
}
