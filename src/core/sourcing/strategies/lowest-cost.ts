/**
 * Lowest cost: what one shipment from the warehouse costs, in minor units: its handling and the first rate that fits its
 * code, the destination's country and the weight of the order. Without a rate that fits the cost is not known.
 */
import type { ShippingRate, Strategy } from '../rule.ts';
import type { Score } from '../scoring.ts';
import { fits } from './fits.ts';

type LowestCost = Extract<Strategy, { readonly kind: 'lowest_cost' }>;

export function lowestCost({ handling, rates }: LowestCost): Score {
  // of its own only: a warehouse may be called constructor
  const handlingAt = (code: string) => (Object.hasOwn(handling, code) ? (handling[code] ?? 0) : 0);
  return ({ warehouse }, _units, { destination, weightGrams }) => {
    const rate = rates.find(
      (each) => fits(each, warehouse.code, destination.country) && carries(each, weightGrams),
    );
    return rate === undefined ? null : handlingAt(warehouse.code) + rate.price;
  };
}

/** An unknown weight fits only a rate for any weight: nobody is told a price that may be too low. */
function carries({ upToGrams }: ShippingRate, weightGrams: number | null): boolean {
  return upToGrams === null || (weightGrams !== null && weightGrams <= upToGrams);
}
