/** Loads how much waits already, for the limits that decisions at this gate may meet. */
import type { WaitingUse } from '../../../core/allocation/world/waiting-uses.ts';
import { WAITING_KINDS } from '../../../core/catalog/sell-policy.ts';
import { type CounterKey, readCounters } from '../../../db/orders/limit-counters.ts';
import { readIncomingUnits } from '../../../db/supply/purchase-orders.ts';
import type { Gate } from '../gate.ts';

export async function loadWaitingUses(
  gate: Pick<Gate, 'tx' | 'world' | 'positions'>,
  uses: readonly WaitingUse[],
): Promise<void> {
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
  const scopeOf = ({ product, channel, customer }: CounterKey) =>
    customer === null ? [product, channel] : [product, channel, customer];
  const counters = await readCounters(tx, [...keys.values()]);
  // What has no counter has nothing that waits.
  for (const key of keys.values()) for (const kind of WAITING_KINDS) world.uses.set(kind, scopeOf(key), 0);
  for (const counter of counters) {
    world.uses.set('backorder', scopeOf(counter), counter.backordered);
    world.uses.set('preorder', scopeOf(counter), counter.preordered);
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
  const incoming = await readIncomingUnits(tx, products);
  for (const product of products) world.uses.setIncoming(product, 0);
  for (const { product, units } of incoming) world.uses.setIncoming(product, units);
}
