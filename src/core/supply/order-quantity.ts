/** How much to order of a product for what nobody has bought yet: the supplier's least quantity, in whole packs. */

export interface OrderTerms {
  /** Ordered in multiples of it; at least 1. */
  readonly packSize: number;
  readonly minimumUnits: number;
}

/** Units to order so that `uncovered` units are covered; 0 when none are. */
export function orderQuantity(uncovered: number, { packSize, minimumUnits }: OrderTerms): number {
  if (uncovered <= 0) return 0;
  return Math.ceil(Math.max(uncovered, minimumUnits) / packSize) * packSize;
}
