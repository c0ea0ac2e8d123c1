/**
 * The gate: lock the products, then read their world. What it returns is true until the transaction ends, since
 * whoever wants to change any of it needs the same locks.
 */
import { Supply } from '../core/allocation/supply.ts';
import { WaitingUses, type World } from '../core/allocation/world.ts';
import type { ProductId } from '../core/kernel/ids.ts';
import type { Instant } from '../core/kernel/time.ts';
import type { Configuration } from '../db/configuration.ts';
import type { Tx } from '../db/database.ts';
import { lockProducts, type Position, readClock, readPositions, shareConfiguration } from '../db/gate.ts';
import { readLevels } from '../db/inventory.ts';
import { policyLookup, readPolicies } from '../db/policies.ts';
import type { App } from './app.ts';

export interface Gate {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly positions: ReadonlyMap<ProductId, Position>;
  readonly world: World;
}

/** Locks the products and reads everything a decision about them may look at. */
export async function enter(app: App, tx: Tx, products: readonly ProductId[]): Promise<Gate> {
  const [, , clock, positions, levels, policies] = await Promise.all([
    shareConfiguration(tx),
    lockProducts(tx, products),
    readClock(tx),
    readPositions(tx, products),
    readLevels(tx, products),
    readPolicies(tx, products),
  ]);
  const configuration = await app.configuration.at(tx, clock.version);
  const world: World = {
    now: clock.now,
    channels: configuration.channels,
    warehouses: configuration.warehouses,
    policy: policyLookup(policies),
    supply: new Supply(levels),
    uses: new WaitingUses(),
  };
  return {
    tx,
    now: clock.now,
    configuration,
    positions: new Map(positions.map((position) => [position.product, position])),
    world,
  };
}

export function dueProducts(gate: Gate): ProductId[] {
  return [...gate.positions.values()].filter((each) => each.fillDue).map((each) => each.product);
}
