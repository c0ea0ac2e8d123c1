/** Which warehouses hold units for an order, and of which items. */
import type { AnswerOf } from '../../src/contract/operations.ts';

export interface Holding {
  readonly warehouse: string;
  readonly units: number;
  readonly items: readonly { readonly line: number; readonly open: number }[];
}

export function warehousesOf({ items }: AnswerOf<'getOrder'>): Holding[] {
  const holdings = new Map<string, { line: number; open: number }[]>();
  for (const { line, allocations } of items) {
    for (const { warehouse, open } of allocations) {
      if (open > 0) holdings.set(warehouse, [...(holdings.get(warehouse) ?? []), { line, open }]);
    }
  }
  return [...holdings].map(([warehouse, held]) => ({
    warehouse,
    items: held,
    units: held.reduce((sum, { open }) => sum + open, 0),
  }));
}
