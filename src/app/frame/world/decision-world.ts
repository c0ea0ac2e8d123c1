/**
 * The one place where the world of a decision is put together: at the gate, and for decisions that are not made. What waits
 * of its products is part of it from the start; what limits by channel and customer count is loaded by who decides about
 * them (waiting-uses), and asking for it before is a bug.
 */
import { Supply } from '../../../core/allocation/world/supply.ts';
import { WaitingUses } from '../../../core/allocation/world/waiting-uses.ts';
import type { SourcingWorld, World } from '../../../core/allocation/world/world.ts';
import type { Instant } from '../../../core/kernel/time.ts';
import type { Configuration } from '../../../db/catalog/configuration.ts';
import type { PolicyLookup } from '../../../db/catalog/policies.ts';
import type { Position } from '../../../db/gate/product-positions.ts';
import type { AvailableUnits } from '../../../db/inventory.ts';

/** What was read of the products, by one who holds them or from one snapshot. */
export interface ReadProducts {
  readonly now: Instant;
  readonly configuration: Configuration;
  readonly policy: PolicyLookup;
  readonly positions: readonly Position[];
}

/**
 * @param available what is free for whoever comes now
 * @param rules those in force, with what they look at
 */
export function worldOf(
  read: ReadProducts,
  available: readonly AvailableUnits[],
  rules: SourcingWorld,
): World {
  const { configuration, policy, positions, now } = read;
  const uses = new WaitingUses();
  for (const { product, backordered, preordered } of positions) {
    uses.set('backorder', [product], backordered);
    uses.set('preorder', [product], preordered);
  }
  return {
    ...rules,
    now,
    channels: configuration.channels,
    warehouses: configuration.warehouses,
    policy,
    supply: new Supply(available),
    uses,
  };
}
