/** What orders are counted for in a report, and which of its cells and totals can be counted together. */
import type { GroupingSets, Keys } from './grouping-sets.ts';

export interface OrderCounts {
  /** The name of the facts. */
  readonly facts: string;
  /** By the names of their columns. */
  readonly keys: Keys;
  /** The totals that are wanted. */
  readonly sets: GroupingSets;
  /** The names of the counts, in the order of the bits of `counted`. */
  readonly names: readonly string[];
}

/** Cells or totals with the same keys, but for those of the order itself, which are counted in one pass. */
export interface SetGroup {
  /** Their keys that are not of the order itself. */
  readonly itemKeys: readonly string[];
  readonly sets: GroupingSets;
}

export function setGroupsOf({ keys, sets }: OrderCounts): SetGroup[] {
  const groups = new Map<string, { itemKeys: string[]; sets: (readonly string[])[] }>();
  for (const set of sets) {
    const itemKeys = set.filter((key) => keys.get(key)?.isOfOrder === false);
    const group = groups.get(itemKeys.join()) ?? { itemKeys, sets: [] };
    group.sets.push(set);
    groups.set(itemKeys.join(), group);
  }
  return [...groups.values()];
}
