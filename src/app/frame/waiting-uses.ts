/** Loads how much waits already, for the limits that decisions at this gate may meet. */
import type { WaitingUse } from '../../core/allocation/world.ts';
import { type CounterKey, readCounters } from '../../db/orders/limit-counters.ts';
import { readIncomingUnits } from '../../db/supply/purchase-orders.ts';
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
  await Promise.all([loadIncoming(gate, uses), loadCounters(gate, uses)]);
}

/** What waits by channel and customer, for the products that count it. */
async function loadCounters(
  { tx, world, positions }: Pick<Gate, 'tx' | 'world' | 'positions'>,
  uses: readonly WaitingUse[],
): Promise<void> {
  const keys = new Map<string, CounterKey>();
  for (const { product, channel, customer } of uses) {
    if (positions.get(product)?.countsWaiting !== true) continue;
    keys.set(`${product}/${channel}`, { product, channel, customer: null });
    if (customer !== null) keys.set(`${product}/${channel}/${customer}`, { product, channel, customer });
  }
  for (const counter of await readCounters(tx, [...keys.values()])) {
    const scope = [counter.product, counter.channel];
    const full = counter.customer === null ? scope : [...scope, counter.customer];
    world.uses.set('backorder', full, counter.backordered);
    world.uses.set('preorder', full, counter.preordered);
  }
}

/** What is on its way, for the products whose policy lets no more wait than that. */
async function loadIncoming(
  { tx, world }: Pick<Gate, 'tx' | 'world'>,
  uses: readonly WaitingUse[],
): Promise<void> {
  const asked = uses.filter(({ product, channel }) => {
    const { backorder, preorder } = world.policy(product, channel);
    return backorder.limits.upToIncoming || preorder.limits.upToIncoming;
  });
  if (asked.length === 0) return;
  const products = [...new Set(asked.map(({ product }) => product))];
  for (const { product, units } of await readIncomingUnits(tx, products))
    world.uses.setIncoming(product, units);
}
