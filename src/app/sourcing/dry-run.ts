/**
 * Dry run of a rule set: orders are sourced twice, by the rules in force and by those asked about, each time from a copy of
 * the stock, in the order in which they were accepted. The last orders get back what they hold for it, so that both begin
 * with the same. One snapshot; nothing is written or locked.
 */
import type { BodyOf } from '../../contract/operations.ts';
import type { RuleSetComparison } from '../../contract/sourcing/rule-sets.ts';
import { compareOutcomes } from '../../core/allocation/compare-sourcing.ts';
import type { Filling } from '../../core/allocation/fill.ts';
import type { OrderAttributes } from '../../core/allocation/order-attributes.ts';
import { noteLoads, sourceUnits, type Wish } from '../../core/allocation/source-units.ts';
import { forkWorld, type World } from '../../core/allocation/world/world.ts';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { readRuleSet } from '../../db/catalog/rule-sets.ts';
import { onSnapshot } from '../../db/database.ts';
import { type DryOrder, readHeldUnits, readLastOrders } from '../../db/dry-run.ts';
import { type AvailableUnits, readAvailable } from '../../db/inventory.ts';
import type { App } from '../frame/app.ts';
import { channelByCode } from '../frame/by-code.ts';
import { attributesOf, wishesOf } from '../frame/orders/order-wishes.ts';
import { type Opened, openReader, readRules } from '../frame/reader.ts';
import { refuseUnknownSkus, ruleSetNotFound } from '../frame/refusals.ts';
import { worldOf } from '../frame/world/decision-world.ts';

type Body = BodyOf<'dryRunRuleSet'>;

/** An order that is sourced. */
interface Played {
  readonly id: number | null;
  readonly channel: SalesChannel;
  readonly attributes: OrderAttributes;
  readonly wishes: readonly Wish[];
}

export async function dryRunRuleSet(
  app: App,
  version: number,
  body: Body,
): Promise<Outcome<RuleSetComparison>> {
  return await onSnapshot(app.db, async (tx) => {
    const ruleSet = await readRuleSet(tx, version);
    if (ruleSet === undefined) return ruleSetNotFound(version);
    const last = body.orders.length === 0 ? await readLastOrders(tx, body.lastOrders) : [];
    const ids = await app.productIds.find(body.orders.flatMap(({ items }) => items.map(({ sku }) => sku)));
    const products = [...new Set([...ids.values(), ...last.flatMap(({ wishes }) => wishes.map(productOf))])];
    const reader = await openReader(app, tx, products);
    const available = await readAvailable(tx, products);
    const held = await readHeldUnits(
      tx,
      last.map(({ id }) => id),
    );
    const world = worldOf(reader, together(available, held), await readRules(app, reader, ruleSet));
    const given = playedGiven(body, { reader, ids, world });
    if (!given.ok) return given;
    const orders = last.length === 0 ? given.value : last.flatMap((order) => playedLast(order, reader));
    const before = await play(orders, forkWorld(world, world.ruleSet));
    const after = await play(orders, forkWorld(world, ruleSet));
    const outcomes = orders.map(({ id, attributes }, index) => ({
      id,
      attributes,
      before: before[index] ?? [],
      after: after[index] ?? [],
    }));
    const { warehouses } = reader.configuration;
    return { ok: true, value: compareOutcomes(outcomes, { ruleSet, warehouses, examples: body.examples }) };
  });
}

function productOf({ product }: Wish): ProductId {
  return product;
}

function together(available: readonly AvailableUnits[], held: readonly AvailableUnits[]): AvailableUnits[] {
  const sums = new Map<string, AvailableUnits>();
  for (const each of [...available, ...held]) {
    const key = `${each.product}/${each.warehouse}`;
    sums.set(key, { ...each, units: each.units + (sums.get(key)?.units ?? 0) });
  }
  return [...sums.values()];
}

function playedLast({ id, channel: of, attributes, wishes }: DryOrder, { configuration }: Opened): Played[] {
  const channel = configuration.channels.get(of);
  return channel === undefined ? [] : [{ id, channel, attributes, wishes }];
}

/** The orders of the request; refuses the first name in them that does not exist. */
function playedGiven(
  { orders }: Body,
  {
    reader,
    ids,
    world,
  }: { readonly reader: Opened; readonly ids: ReadonlyMap<string, ProductId>; readonly world: World },
): Outcome<readonly Played[]> {
  const played: Played[] = [];
  for (const order of orders) {
    const found = channelByCode(reader, order.channel);
    if (!found.ok) return found;
    const channel = found.value;
    const known = refuseUnknownSkus(
      order.items.map(({ sku }) => sku),
      ids,
    );
    if (!known.ok) return known;
    const wishes = wishesOf(ids, order, reader.now);
    const attributes = attributesOf(order, channel, { demands: wishes, world });
    played.push({ id: null, channel, attributes, wishes });
  }
  return { ok: true, value: played };
}

/** A trial lets others have the processor after so long. */
const AT_A_STRETCH_MS = 10;

/** What each order gets, one after another. */
async function play(orders: readonly Played[], world: World): Promise<(readonly Filling[])[]> {
  const played: (readonly Filling[])[] = [];
  let began = performance.now();
  for (const { channel, attributes, wishes } of orders) {
    const sourced = sourceUnits({ channel, attributes, mayWait: true }, wishes, world);
    const fillings = sourced.map(({ filling }) => filling);
    noteLoads(attributes, fillings, world);
    played.push(fillings);
    if (performance.now() - began < AT_A_STRETCH_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return played;
}
