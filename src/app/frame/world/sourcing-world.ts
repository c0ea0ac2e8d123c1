/**
 * What sourcing rules look at beside stock, read for one decision: facts of products, what warehouses were given to do
 * today, what they ship in a day. Each is read only where a rule in force asks for it.
 */
import { DayLoads } from '../../../core/allocation/world/day-loads.ts';
import { WakeUps } from '../../../core/allocation/world/wake-ups.ts';
import {
  countsLoads,
  type SourcingWorld,
  type World,
  worldWithoutRules,
} from '../../../core/allocation/world/world.ts';
import type { ProductId, WarehouseId } from '../../../core/kernel/ids.ts';
import { type Instant, localDate } from '../../../core/kernel/time.ts';
import type { RuleSet } from '../../../core/sourcing/rule-set.ts';
import type { Configuration } from '../../../db/catalog/configuration.ts';
import type { ProductVersion } from '../../../db/catalog/kept-by-version.ts';
import type { Tx } from '../../../db/database.ts';
import { setFillAgain } from '../../../db/gate/due-fills.ts';
import { readDailyDemands } from '../../../db/supply/daily-demands.ts';
import {
  addToWarehouseDays,
  lockWarehouseDays,
  readWarehouseDays,
  type WarehouseDay,
} from '../../../db/warehouse-days.ts';
import type { Copies } from '../app.ts';

export interface SourcingAsked {
  readonly configuration: Configuration;
  readonly ruleSet: RuleSet | null;
  readonly shadow: RuleSet | null;
  readonly now: Instant;
  readonly versions: readonly ProductVersion[];
  /** Decisions follow: what they look at is held until the transaction ends. */
  readonly lock: boolean;
}

export async function readSourcingWorld(
  copies: Copies,
  tx: Tx,
  { configuration, ruleSet, shadow, now, versions, lock }: SourcingAsked,
): Promise<SourcingWorld> {
  if (ruleSet === null && shadow === null) return worldWithoutRules();
  const days = countsLoads({ ruleSet, shadow }) && versions.length > 0 ? daysOf(configuration, now) : [];
  const usesDailyDemand = ruleSet?.usesDailyDemand === true || shadow?.usesDailyDemand === true;
  const products = versions.map((each) => each.product);
  const [product, loads, demands] = await Promise.all([
    copies.productFacts.at(tx, versions),
    days.length === 0 ? [] : lock ? lockWarehouseDays(tx, days) : readWarehouseDays(tx, days),
    usesDailyDemand ? readDailyDemands(tx, products) : [],
  ]);
  const daily = new Map(demands.map((each) => [keyOf(each.product, each.warehouse), each.unitsPerDay]));
  const dailyDemand = (of: ProductId, warehouse: WarehouseId) => daily.get(keyOf(of, warehouse)) ?? 0;
  return { ruleSet, shadow, product, loads: new DayLoads(loads), dailyDemand, wakeUps: new WakeUps() };
}

function keyOf(product: ProductId, warehouse: WarehouseId): string {
  return `${product}/${warehouse}`;
}

/** Today of each warehouse, by its own calendar. */
function daysOf({ warehouses }: Configuration, now: Instant): WarehouseDay[] {
  return [...warehouses.values()].map(({ id, timeZone }) => ({
    warehouse: id,
    day: localDate(now, timeZone),
  }));
}

/** What was decided, on its way into the tables. */
interface Decided {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly world: World;
}

/** Writes what decisions gave warehouses to do, and when someone has to be looked at again. */
export async function recordSourcing({ tx, world, configuration, now }: Decided): Promise<void> {
  const added = countsLoads(world) ? world.loads.drainAdded() : [];
  const days = new Map(
    added.length === 0 ? [] : daysOf(configuration, now).map(({ warehouse, day }) => [warehouse, day]),
  );
  await Promise.all([
    addToWarehouseDays(
      tx,
      added.flatMap((load) => {
        const day = days.get(load.warehouse);
        return day === undefined ? [] : [{ ...load, day }];
      }),
    ),
    setFillAgain(tx, world.wakeUps.drain()),
  ]);
}
