/** Priority list: the place of the warehouse in the list; those that are not in it come after it, all alike. */
import type { Strategy } from '../rule.ts';
import type { Score } from '../scoring.ts';

type PriorityList = Extract<Strategy, { readonly kind: 'priority_list' }>;

export function priorityList({ warehouses }: PriorityList): Score {
  const places = new Map(warehouses.map((code, index) => [code, index]));
  return ({ warehouse }) => places.get(warehouse.code) ?? warehouses.length;
}
