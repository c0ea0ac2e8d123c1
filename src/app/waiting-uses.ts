/** Loads how much waits already, for the limits that decisions at this gate may meet. */
import type { WaitingUse } from '../core/allocation/world.ts';
import { type CounterKey, readCounters } from '../db/limit-counters.ts';
import type { Gate } from './gate.ts';

export async function loadWaitingUses(
  gate: Pick<Gate, 'tx' | 'world' | 'positions'>,
  uses: readonly WaitingUse[],
): Promise<void> {
  const { world, positions } = gate;
  for (const { product, backordered, preordered } of positions.values()) {
    world.uses.set('backorder', [product], backordered);
    world.uses.set('preorder', [product], preordered);
  }
  const keys = new Map<string, CounterKey>();
  for (const { product, channel, customer } of uses) {
    if (positions.get(product)?.countsWaiting !== true) continue;
    keys.set(`${product}/${channel}`, { product, channel, customer: null });
    if (customer !== null) keys.set(`${product}/${channel}/${customer}`, { product, channel, customer });
  }
  for (const counter of await readCounters(gate.tx, [...keys.values()])) {
    const scope = [counter.product, counter.channel];
    const full = counter.customer === null ? scope : [...scope, counter.customer];
    world.uses.set('backorder', full, counter.backordered);
    world.uses.set('preorder', full, counter.preordered);
  }
}
