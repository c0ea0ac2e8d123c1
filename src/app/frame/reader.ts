/** Opens a look at products without locking anything: one snapshot, and the copies a node keeps. */
import type { SourcingWorld } from '../../core/allocation/world/world.ts';
import type { SellPolicy } from '../../core/catalog/sell-policy.ts';
import type { ChannelId, ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { RuleSet } from '../../core/sourcing/rule-set.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import type { Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { type Position, readPositions } from '../../db/gate/product-positions.ts';
import type { Copies } from './app.ts';
import type { Gate } from './gate.ts';
import { readSourcingWorld } from './world/sourcing-world.ts';

/** What a look at promises needs: one snapshot or gate, and the copies a node keeps. */
export interface Reader {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly policy: (product: ProductId, channel: ChannelId) => SellPolicy;
}

export interface Opened extends Reader {
  readonly configuration: Configuration;
  readonly positions: readonly Position[];
}

export async function openReader(copies: Copies, tx: Tx, products: readonly ProductId[]): Promise<Opened> {
  const [clock, positions] = await Promise.all([readClock(tx), readPositions(tx, products)]);
  const [configuration, policy] = await Promise.all([
    copies.configuration.at(tx, clock.version),
    copies.policies.at(tx, positions),
  ]);
  return { tx, now: clock.now, configuration, policy, positions };
}

export function readerOfGate({ tx, now, configuration, world }: Gate): Reader {
  return { tx, now, configuration, policy: world.policy };
}

/**
 * The rules in force and what they look at, locking nothing.
 * @param also other rules that will look at it too
 */
export function readRules(
  copies: Copies,
  { tx, configuration, now, positions }: Opened,
  also: RuleSet | null = null,
): Promise<SourcingWorld> {
  const { ruleSet } = configuration;
  const asked = { configuration, ruleSet, shadow: also, now, versions: positions, lock: false };
  return readSourcingWorld(copies, tx, asked);
}
