/**
 * Shadow rules: what a rule set that is not in force would have decided about a new order, from the same stock and in the
 * same moment. It is decided on a fork of the world, so that nothing of it can reach the decision that counts.
 */
import { quantity } from '../kernel/quantity.ts';
import { type ComparedOrder, comparedOrder, isDifferent } from './compare-sourcing.ts';
import { type DecidedLine, type Decision, decideOrder, type OrderDemand } from './decide-order.ts';
import type { Filling } from './fill.ts';
import { forkWorld, type World } from './world/world.ts';

export interface ShadowDecision extends Pick<ComparedOrder, 'before' | 'after'> {
  readonly version: number;
  /** null: no rules were in force. */
  readonly liveVersion: number | null;
  readonly differs: boolean;
  /** The order was accepted, and would not have been. */
  readonly refused: boolean;
}

/** Asked before the order itself is decided; undefined when there is no shadow, or the order gets nothing yet. */
export function decideInShadow(order: OrderDemand, world: World): Decision | undefined {
  if (world.shadow === null || order.onHold) return undefined;
  return decideOrder(order, forkWorld(world, world.shadow));
}

export function compareWithShadow(
  { attributes, demands }: OrderDemand,
  { live, shadow }: { readonly live: readonly DecidedLine[]; readonly shadow: Decision | undefined },
  world: World,
): ShadowDecision | undefined {
  if (world.shadow === null || shadow === undefined) return undefined;
  const nothing = demands.map(({ units }): Filling => ({ fills: [], short: units }));
  const after = shadow.accepted ? shadow.lines.map(fillingOf) : nothing;
  const compared = comparedOrder(
    { id: null, attributes, before: live.map(fillingOf), after },
    { ruleSet: world.shadow, warehouses: world.warehouses },
  );
  return {
    version: world.shadow.version,
    liveVersion: world.ruleSet?.version ?? null,
    differs: isDifferent(compared) || !shadow.accepted,
    refused: !shadow.accepted,
    before: compared.before,
    after: compared.after,
  };
}

function fillingOf({ demand, fills }: DecidedLine): Filling {
  const filled = fills.reduce((sum, { units }) => sum + units, 0);
  return { fills, short: quantity(demand.units - filled) };
}
