/**
 * The gate: lock the products, then read their world. What it returns is true until the transaction ends, since
 * whoever wants to change any of it needs the same locks.
 */
import type { World } from '../../core/allocation/world/world.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import type { Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import { type OwedFill, readOwedFills } from '../../db/gate/due-fills.ts';
import { lockPositions, type Position } from '../../db/gate/product-positions.ts';
import { readAvailable } from '../../db/inventory.ts';
import type { App } from './app.ts';
import { worldOf } from './world/decision-world.ts';
import { readSourcingWorld } from './world/sourcing-world.ts';

export interface Gate {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly positions: ReadonlyMap<ProductId, Position>;
  /** Products to be filled before anything here is decided; some of them may not be held by this gate. */
  readonly owed: readonly ProductId[];
  /** Products whose owed fill fails, with since when: until it succeeds nothing of theirs is given to anybody. */
  readonly setAside: ReadonlyMap<ProductId, Instant>;
  readonly world: World;
}

/** Products an act holds. */
export interface HeldProducts {
  /** What the act is about: what is owed to these is filled first. */
  readonly about: readonly ProductId[];
  /** Held as well, since what is decided changes them or must not change meanwhile. */
  readonly beside?: readonly ProductId[];
  /** A fill that was set aside is owed like any other once its pause is over. */
  readonly triesAgain?: boolean;
}

/**
 * What was begun needs products that are not held. Locking them now would be out of order, so all of it is undone and
 * begins again, with these held as well.
 */
export class MoreProductsError extends Error {
  override readonly name = 'MoreProductsError';
  readonly products: readonly ProductId[];

  constructor(products: readonly ProductId[]) {
    super(`products ${products.join(', ')} have to be held as well`);
    this.products = products;
  }
}

/** Locks the products and reads everything a decision about them may look at. */
export async function enter(app: App, tx: Tx, held: HeldProducts): Promise<Gate> {
  const { about, beside = [], triesAgain = false } = held;
  const products = [...about, ...beside];
  const [, positions, clock, available, fills] = await Promise.all([
    shareConfiguration(tx),
    lockPositions(tx, products),
    readClock(tx),
    readAvailable(tx, products),
    readOwedFills(tx, about),
  ]);
  const [configuration, policy] = await Promise.all([
    app.configuration.at(tx, clock.version),
    app.policies.at(tx, positions),
  ]);
  const sourcing = await readSourcingWorld(app, tx, {
    configuration,
    ruleSet: configuration.ruleSet,
    shadow: configuration.shadow,
    now: clock.now,
    versions: positions,
    lock: true,
  });
  const { owed, setAside } = sortFills(fills, triesAgain);
  const world = worldOf(
    { now: clock.now, configuration, policy, positions },
    available.filter(({ product }) => !setAside.has(product)),
    sourcing,
  );
  return {
    tx,
    now: clock.now,
    configuration,
    positions: new Map(positions.map((position) => [position.product, position])),
    owed,
    setAside,
    world,
  };
}

function sortFills(fills: readonly OwedFill[], triesAgain: boolean): Pick<Gate, 'owed' | 'setAside'> {
  const owed: ProductId[] = [];
  const setAside = new Map<ProductId, Instant>();
  for (const { product, setAsideSince, isTriedAgain } of fills) {
    if (setAsideSince === null || (triesAgain && isTriedAgain)) owed.push(product);
    else setAside.set(product, setAsideSince);
  }
  return { owed, setAside };
}
