/**
 * The strategies by their kind. Most score a warehouse; "fewest shipments" looks at the order as a whole and "wait for
 * better" at time, so these two have no score of their own (choose-warehouses knows what they mean).
 */
import type { Strategy } from '../rule.ts';
import type { Score } from '../scoring.ts';
import { avoidLastUnits } from './avoid-last-units.ts';
import { balance } from './balance.ts';
import { fastest } from './fastest.ts';
import { lowestCost } from './lowest-cost.ts';
import { mostStock } from './most-stock.ts';
import { nearest } from './nearest.ts';
import { priorityList } from './priority-list.ts';

/** undefined: the strategy does not score single warehouses. */
export function scoreOf(strategy: Strategy): Score | undefined {
  switch (strategy.kind) {
    case 'nearest':
      return nearest;
    case 'lowest_cost':
      return lowestCost(strategy);
    case 'fastest':
      return fastest(strategy);
    case 'priority_list':
      return priorityList(strategy);
    case 'most_stock':
      return mostStock;
    case 'balance':
      return balance;
    case 'avoid_last_units':
      return avoidLastUnits(strategy);
    case 'fewest_shipments':
    case 'wait_for_better':
      return undefined;
  }
}
