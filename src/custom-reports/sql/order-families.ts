/** What orders are counted for in a report, and which of its totals can be counted together. */
import type { Keys, Sets } from './totals.ts';

export interface OrderCounts {
  /** The name of the facts. */
  readonly facts: string;
  /** By the names of their columns. */
  readonly keys: Keys;
  /** The totals that are wanted. */
  readonly sets: Sets;
  /** The names of the counts, in the order of the bits of `counted`. */
  readonly names: readonly string[];
}

/** Totals that have the same keys, but for those of the order itself. */
export interface Family {
  /** Their keys that are not of the order itself. */
  readonly ofItems: readonly string[];
  readonly sets: Sets;
}

export function familiesOf({ keys, sets }: OrderCounts): Family[] {
  const families = new Map<string, { ofItems: string[]; sets: (readonly string[])[] }>();
  for (const set of sets) {
    const ofItems = set.filter((key) => keys.get(key)?.isOfOrder === false);
    const family = families.get(ofItems.join()) ?? { ofItems, sets: [] };
    family.sets.push(set);
    families.set(ofItems.join(), family);
  }
  return [...families.values()];
}
