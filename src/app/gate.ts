/**
 * The gate, as stories use it: lock the products, read their world, and only then act.
 *
 * Before an act, every fill that earlier acts left owing to these products is done, page by page, each page in its
 * own transaction. So history is serial per product and does not depend on how quick the fill worker is: whoever
 * was waiting when stock came in is served before whoever comes later.
 */
import { Supply } from '../core/allocation/supply.ts';
import { WaitingUses, type World } from '../core/allocation/world.ts';
import type { ProductId } from '../core/kernel/ids.ts';
import type { Instant } from '../core/kernel/time.ts';
import type { Configuration } from '../db/configuration.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { lockProducts, type Position, readClock, readPositions } from '../db/gate.ts';
import { readLevels } from '../db/inventory.ts';
import { policyLookup, readPolicies } from '../db/policies.ts';
import type { App } from './app.ts';
import { fillPage } from './fill-waiting.ts';

export interface Gate {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly positions: ReadonlyMap<ProductId, Position>;
  readonly world: World;
}

type Step<T> = { readonly value: T } | { readonly againWith: readonly ProductId[] };

/** Acts on the given products once nothing is owed to them. The act runs in one transaction, as often as needed. */
export async function atGate<T>(
  app: App,
  products: readonly ProductId[],
  act: (gate: Gate) => Promise<T>,
): Promise<T> {
  let wanted = products;
  for (;;) {
    const locked = wanted;
    const step: Step<T> = await inTransaction(app.db, async (tx) => {
      const gate = await enter(app, tx, locked);
      const due = dueProducts(gate);
      if (due.length === 0) return { value: await act(gate) };
      const page = await fillPage(gate, due);
      return { againWith: [...new Set([...locked, ...page.alsoNeeded])] };
    });
    if ('value' in step) return step.value;
    wanted = step.againWith;
  }
}

/** Locks the products and reads everything a decision about them may look at. */
export async function enter(app: App, tx: Tx, products: readonly ProductId[]): Promise<Gate> {
  const [, clock, positions, levels, policies] = await Promise.all([
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
