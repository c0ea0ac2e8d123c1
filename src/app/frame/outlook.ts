/**
 * The outlook of products: free stock and what purchase orders bring, each with the day it can be shipped. Everything
 * that says when units come reads it here: an order's promises, quotes, available to promise, what customers are told.
 */
import { compareRank } from '../../core/allocation/queue-policy.ts';
import type { WaitingKind } from '../../core/catalog/sell-policy.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import type { ChannelId, OrderId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import { type LocalDate, later, localDate } from '../../core/kernel/time.ts';
import { type DatedSupply, Pegging, type PromiseSlice, promise } from '../../core/promises/promise.ts';
import { rankWarehouses } from '../../core/sourcing/rank-warehouses.ts';
import { afterOpenDays, openDayFrom } from '../../core/supply/calendar.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import type { Tx } from '../../db/database.ts';
import { type AvailableUnits, readAvailable } from '../../db/inventory.ts';
import { type AheadUnits, type QueueRank, readAhead } from '../../db/orders/queue-blocks.ts';
import { readQueue } from '../../db/supply/promises.ts';
import { type IncomingRow, readIncoming } from '../../db/supply/purchase-orders.ts';
import { readSourcing, type Sourcing } from '../../db/supply/suppliers.ts';
import type { Reader } from './reader.ts';
import { type Excluded, withRuleExclusions } from './rule-exclusions.ts';

export interface Outlook {
  readonly product: ProductId;
  readonly supplies: readonly DatedSupply[];
  /** What comes for one item alone, by `itemKey`. */
  readonly boughtFor: ReadonlyMap<string, readonly DatedSupply[]>;
  /** How it is bought from the supplier asked first. */
  readonly sourcing: Sourcing | undefined;
}

function itemKey(order: number, line: number): string {
  return `${order}/${line}`;
}

/** What is free of products, what is coming, and how they are bought. */
export interface SupplyRows {
  readonly available: readonly AvailableUnits[];
  readonly incoming: readonly IncomingRow[];
  readonly sourcing: ReadonlyMap<ProductId, Sourcing>;
}

/** Needs no reader, so that it can be asked for while one is opened. */
export async function readSupply(tx: Tx, products: readonly ProductId[]): Promise<SupplyRows> {
  if (products.length === 0) return { available: [], incoming: [], sourcing: new Map() };
  const [available, incoming, sourcing] = await Promise.all([
    readAvailable(tx, products),
    readIncoming(tx, products),
    readSourcing(tx, products),
  ]);
  return { available, incoming, sourcing };
}

export async function readOutlooks(
  reader: Reader,
  products: readonly ProductId[],
): Promise<Map<ProductId, Outlook>> {
  return outlooksOf(reader, products, await readSupply(reader.tx, products));
}

/** @param supply of these products, and perhaps of others */
export function outlooksOf(
  reader: Reader,
  products: readonly ProductId[],
  { available, incoming, sourcing }: SupplyRows,
): Map<ProductId, Outlook> {
  const outlooks = new Map(
    products.map((product) => [
      product,
      {
        product,
        supplies: [] as DatedSupply[],
        boughtFor: new Map<string, DatedSupply[]>(),
        sourcing: sourcing.get(product),
      },
    ]),
  );
  const days = new Map<WarehouseId, LocalDate | undefined>();
  for (const each of available) {
    const outlook = outlooks.get(each.product);
    if (outlook === undefined) continue;
    if (!days.has(each.warehouse)) days.set(each.warehouse, stockDay(reader, each.warehouse));
    const on = days.get(each.warehouse);
    if (on !== undefined) outlook.supplies.push(stockSupply(each, on));
  }
  for (const each of incoming) {
    const outlook = outlooks.get(each.product);
    if (outlook === undefined) continue;
    const { forOne, forAll } = incomingSupply(reader, each);
    outlook.supplies.push(...forAll);
    if (forOne.length === 0 || each.forOrder === null || each.forLine === null) continue;
    const key = itemKey(each.forOrder, each.forLine);
    outlook.boughtFor.set(key, [...(outlook.boughtFor.get(key) ?? []), ...forOne]);
  }
  return outlooks;
}

/** The day units that arrive on `arrival` can be shipped: counted in and handled on open days. */
export function shippableOn(warehouse: Warehouse, arrival: LocalDate): LocalDate {
  return afterOpenDays(warehouse, openDayFrom(warehouse, arrival), warehouse.handlingDays);
}

/** The day what lies in the warehouse can be shipped. */
function stockDay({ configuration, now }: Reader, id: WarehouseId): LocalDate | undefined {
  const warehouse = configuration.warehouses.get(id);
  return warehouse && shippableOn(warehouse, localDate(now, warehouse.timeZone));
}

function stockSupply({ warehouse, units }: AvailableUnits, on: LocalDate): DatedSupply {
  return { source: 'stock', warehouse, on, units, purchaseOrder: null, line: null, confidence: null };
}

/** What of a line may be promised (the share that suppliers like this one deliver): to its item first, then to all. */
function incomingSupply(
  { configuration, now }: Reader,
  row: IncomingRow,
): { readonly forOne: DatedSupply[]; readonly forAll: DatedSupply[] } {
  const warehouse = configuration.warehouses.get(row.warehouse);
  if (warehouse === undefined) return { forOne: [], forAll: [] };
  const likely = Math.max(
    0,
    Math.min(row.incoming, Math.floor((row.ordered * row.likelyPercent) / 100) - row.received),
  );
  const today = localDate(now, warehouse.timeZone);
  const supply = {
    source: 'purchase_order' as const,
    warehouse: warehouse.id,
    on: shippableOn(warehouse, later(row.likelyOn, today)),
    purchaseOrder: row.purchaseOrder,
    line: row.line,
    confidence: row.likelyRecords === 0 ? null : configuration.promiseConfidence,
  };
  const one = Math.min(likely, row.spokenFor);
  const all = Math.max(0, likely - row.spokenFor);
  return {
    forOne: one === 0 ? [] : [{ ...supply, units: one }],
    forAll: all === 0 ? [] : [{ ...supply, units: all }],
  };
}

/** By configuration, which never changes, and channel: asked for with each item of a queue. */
const serving = new WeakMap<Configuration, Map<ChannelId, ReadonlySet<WarehouseId>>>();

/** The warehouses that may serve a channel. */
export function servingWarehouses({ configuration }: Reader, channel: ChannelId): ReadonlySet<WarehouseId> {
  const byChannel = serving.get(configuration) ?? new Map<ChannelId, ReadonlySet<WarehouseId>>();
  serving.set(configuration, byChannel);
  const known = byChannel.get(channel);
  if (known !== undefined) return known;
  const found = configuration.channels.get(channel);
  const ranked = found === undefined ? [] : rankWarehouses(found, configuration.warehouses, []);
  const warehouses = new Set(ranked.map(({ id }) => id));
  byChannel.set(channel, warehouses);
  return warehouses;
}

/** Those of them that rules do not keep from the item. */
function servingItem(
  reader: Reader,
  { channel, excluded }: Pick<WaitingItem, 'channel' | 'excluded'>,
): ReadonlySet<WarehouseId> {
  const serving = servingWarehouses(reader, channel);
  return excluded.length === 0 ? serving : new Set([...serving].filter((id) => !excluded.includes(id)));
}

/** When an order sent today would be shippable for the channel; null where that may not be promised. */
function leadTimeOn(
  reader: Reader,
  { sourcing }: Outlook,
  { channel, bought }: { readonly channel: ChannelId; readonly bought: boolean },
): LocalDate | null {
  if (sourcing === undefined || !(sourcing.promiseByLeadTime || bought)) return null;
  const arrival = afterOpenDays(sourcing, localDate(reader.now, sourcing.timeZone), sourcing.leadDays);
  const found = reader.configuration.channels.get(channel);
  if (found === undefined) return null;
  const warehouse = rankWarehouses(found, reader.configuration.warehouses, []).find(
    ({ stock }) => stock === 'managed',
  );
  return warehouse === undefined ? null : shippableOn(warehouse, arrival);
}

/** An item that waits, as promises see it. */
export interface WaitingItem extends Excluded {
  readonly order: OrderId;
  readonly line: number;
  readonly product: ProductId;
  readonly channel: ChannelId;
  readonly kind: WaitingKind;
  readonly rejectedBy: readonly WarehouseId[];
  readonly bought: boolean;
  readonly units: number;
}

/** When its units come, with everyone ahead served from `pegging`. */
export function waitingSlices(
  reader: Reader,
  item: WaitingItem,
  { outlook, pegging }: { readonly outlook: Outlook; readonly pegging: Pegging },
): PromiseSlice[] {
  const own = outlook.boughtFor.get(itemKey(item.order, item.line)) ?? [];
  return promise(
    {
      units: item.units,
      warehouses: item.bought ? new Set(own.map(({ warehouse }) => warehouse)) : servingItem(reader, item),
      rejectedBy: item.rejectedBy,
      releaseOn: item.kind === 'preorder' ? releaseOn(reader, item.product, item.channel) : null,
      leadTimeOn: leadTimeOn(reader, outlook, item),
    },
    item.bought ? new Pegging(own) : pegging,
  );
}

/** The day of a release that has not come, on the channel's calendar. */
function releaseOn(reader: Reader, product: ProductId, channel: ChannelId): LocalDate | null {
  const { releaseAt } = reader.policy(product, channel);
  const zone = reader.configuration.channels.get(channel)?.timeZone;
  if (releaseAt === null || zone === undefined || releaseAt <= reader.now) return null;
  return localDate(releaseAt, zone);
}

/**
 * For each rank, the dated supply of its product after everyone ahead has taken theirs. Units ahead are taken as one
 * piece per channel where all channels that compete for a warehouse may be served by the same ones, which is exact then;
 * else the queue is walked item by item.
 */
export async function pegAhead(
  reader: Reader,
  outlooks: ReadonlyMap<ProductId, Outlook>,
  ranks: readonly QueueRank[],
): Promise<Pegging[]> {
  const dated = ranks.map((rank) => (outlooks.get(rank.product)?.supplies.length ?? 0) > 0);
  const asked = ranks.flatMap((rank, index) => (dated[index] ? [{ rank, index }] : []));
  const ahead = await readAhead(
    reader.tx,
    asked.map(({ rank }) => rank),
  );
  const byRank = new Map<number, AheadUnits[]>();
  for (const each of ahead) {
    const index = asked[each.index]?.index ?? -1;
    byRank.set(index, [...(byRank.get(index) ?? []), each]);
  }
  const peggings: Pegging[] = [];
  for (const [index, rank] of ranks.entries()) {
    const supplies = outlooks.get(rank.product)?.supplies ?? [];
    const pieces = byRank.get(index) ?? [];
    const pegging = new Pegging(supplies);
    if (isUniform(reader, supplies, pieces)) {
      for (const { channel, units } of pieces) {
        pegging.take({ units, warehouses: servingWarehouses(reader, channel) });
      }
    } else await walkAhead(reader, pegging, rank);
    peggings.push(pegging);
  }
  return peggings;
}

/** Whether any two channels share either all or none of the warehouses where something is to be had. */
function isUniform(reader: Reader, supplies: readonly DatedSupply[], pieces: readonly AheadUnits[]): boolean {
  // Rules may keep a warehouse from one item of a channel and not from the next.
  if (reader.configuration.ruleSet?.restricts === true) return false;
  const places = new Set(supplies.map(({ warehouse }) => warehouse));
  const owners = new Map<WarehouseId, string>();
  return pieces.every(({ channel }) => {
    const own = [...servingWarehouses(reader, channel)].filter((id) => places.has(id)).sort((a, b) => a - b);
    const name = own.join();
    return own.every((id) => {
      const owner = owners.get(id) ?? name;
      owners.set(id, owner);
      return owner === name;
    });
  });
}

/** Items read at once when a queue has to be walked. */
const WALK_ITEMS = 5_000;

async function walkAhead(reader: Reader, pegging: Pegging, rank: QueueRank): Promise<void> {
  const { product } = rank;
  let after: Awaited<ReturnType<typeof readQueue>>[number] | undefined;
  for (;;) {
    const queued = await readQueue(reader.tx, { product, after, most: WALK_ITEMS, bought: false });
    const page = await withRuleExclusions(reader, queued);
    for (const item of page) {
      if (compareRank(item, rank) >= 0) return;
      pegging.take({ units: item.units, warehouses: servingItem(reader, item) });
    }
    after = page.at(-1);
    if (page.length < WALK_ITEMS) return;
  }
}
