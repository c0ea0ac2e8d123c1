/**
 * The one place where a decision becomes rows. An item's buckets, its allocations, the levels they hold, the
 * waiting counters and the event all follow from the same ItemChange, in the same transaction.
 */
import type { Explanation } from '../../core/allocation/explanation.ts';
import type { OrderId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import { applyChange, type BucketChange, NO_UNITS, unserved } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { requireFillsOf } from '../../db/gate/due-fills.ts';
import { changePositions, type PositionChange } from '../../db/gate/product-positions.ts';
import { changeAllocated } from '../../db/inventory.ts';
import { type AllocationChange, insertAllocations, updateAllocations } from '../../db/orders/allocations.ts';
import { type EventCause, type ItemEvent, insertEvents } from '../../db/orders/item-events.ts';
import { type CounterChange, changeCounters } from '../../db/orders/limit-counters.ts';
import { insertItems, updateItems } from '../../db/orders/order-items.ts';
import { type BlockChange, changeBlocks, rankOf } from '../../db/orders/queue-blocks.ts';
import { readUnserved } from '../../db/orders/waiting-queue.ts';
import { type Gate, MoreProductsError } from './gate.ts';
import { recordSourcing } from './world/sourcing-world.ts';

/** Signed differences of one allocation. */
export interface HeldChange {
  readonly warehouse: WarehouseId;
  readonly open: number;
  readonly picked?: number;
  readonly shipped?: number;
}

export interface ItemChange {
  /** The item as it was read under the gate. */
  readonly item: OrderItem;
  readonly change: BucketChange;
  readonly held: readonly HeldChange[];
  readonly cause: EventCause;
  readonly reference: string | null;
  readonly explanation: Explanation;
  /** The warehouse is not asked again for this item. */
  readonly rejectedBy?: WarehouseId;
  /** Nothing is bought for the item any more: it waits in the queue. */
  readonly joinsQueue?: true;
}

/**
 * Records changes of items that exist.
 * @param fillCause why stock may have become free or someone joined the queue; null when neither can be
 */
export async function recordChanges(
  gate: Gate,
  changes: readonly ItemChange[],
  fillCause: string | null,
): Promise<void> {
  if (changes.length === 0) return;
  const tied = await readTied(gate, changes);
  const notHeld = productsNotHeld(gate, tied);
  if (notHeld.length > 0) throw new MoreProductsError(notHeld);
  const updates = changes.map(({ item, change, rejectedBy, joinsQueue }) => ({
    item,
    change,
    rejectedBy: rejectedBy ?? null,
    staysBought: joinsQueue === undefined,
  }));
  const events = changes.map((each): ItemEvent => {
    const buckets = applyChange(each.item.buckets, each.change);
    return {
      ...each,
      before: each.item.buckets,
      item: { ...each.item, buckets, events: each.item.events + 1 },
    };
  });
  await Promise.all([
    updateItems(gate.tx, updates),
    recordEffects(gate, changes, { fillCause, isNew: false }),
    insertEvents(gate.tx, events, gate.now),
  ]);
  await requireFillsOf(gate.tx, productsToLookAt(changes, tied), fillCause ?? 'order');
}

/**
 * Unserved items of the orders whose warehouses change here, while a rule lets what one item takes decide about the others
 * of its order. Whoever changes where such an order ships from holds the products of all of them: two fills of one
 * order never pass each other, and each sees where the other one opened.
 */
async function readTied(gate: Gate, changes: readonly ItemChange[]): Promise<OrderItem[]> {
  if (gate.world.ruleSet?.tiesItems !== true) return [];
  const orders = changes
    .filter(({ held }) => held.some(({ open, shipped = 0 }) => open + shipped !== 0))
    .map(({ item }) => item.order);
  return [...(await readUnserved(gate.tx, [...new Set(orders)])).values()].flat();
}

/** Products that have to be held before these changes are recorded, and are not. */
export async function tiedNotHeld(gate: Gate, changes: readonly ItemChange[]): Promise<ProductId[]> {
  return productsNotHeld(gate, await readTied(gate, changes));
}

function productsNotHeld({ positions }: Gate, items: readonly OrderItem[]): ProductId[] {
  return [...new Set(items.map(({ product }) => product))].filter((product) => !positions.has(product));
}

/** Products of which an item waits whose order changed at another item. */
function productsToLookAt(changes: readonly ItemChange[], tied: readonly OrderItem[]): ProductId[] {
  const left = new Map(
    changes.map(({ item, change }) => [nameOf(item), unserved(item.buckets) + unserved(change)]),
  );
  const changedItems = new Map<OrderId, Set<number>>();
  for (const { item } of changes) {
    const lines = changedItems.get(item.order) ?? new Set();
    changedItems.set(item.order, lines.add(item.line));
  }
  const waiting = tied.filter((item) => {
    const others = changedItems.get(item.order);
    const alone = others?.size === 1 && others.has(item.line);
    return !alone && (left.get(nameOf(item)) ?? unserved(item.buckets)) > 0;
  });
  return [...new Set(waiting.map(({ product }) => product))];
}

function nameOf({ order, line }: OrderItem): string {
  return `${order}/${line}`;
}

/** Records items that did not exist before; `change` of each is what its buckets start with. */
export async function recordNewItems(gate: Gate, changes: readonly ItemChange[]): Promise<void> {
  if (changes.length === 0) return;
  const events = changes.map((each): ItemEvent => ({ ...each, before: NO_UNITS }));
  await Promise.all([
    insertItems(
      gate.tx,
      changes.map((each) => each.item),
    ),
    recordEffects(gate, changes, { fillCause: null, isNew: true }),
    insertEvents(gate.tx, events, gate.now),
  ]);
}

async function recordEffects(
  gate: Gate,
  changes: readonly ItemChange[],
  { fillCause, isNew }: { readonly fillCause: string | null; readonly isNew: boolean },
): Promise<void> {
  const allocations = changes.flatMap(({ item, held }) =>
    held.map(
      ({ warehouse, open, picked = 0, shipped = 0 }): AllocationChange => ({
        order: item.order,
        line: item.line,
        product: item.product,
        warehouse,
        open,
        picked,
        shipped,
      }),
    ),
  );
  await Promise.all([
    insertAllocations(
      gate.tx,
      allocations.filter((each) => each.open > 0),
    ),
    updateAllocations(
      gate.tx,
      allocations.filter((each) => each.open <= 0),
    ),
    changeAllocated(gate.tx, levelChanges(gate, allocations)),
    changePositions(gate.tx, positionChanges(gate, changes, fillCause)),
    changeCounters(gate.tx, counterChanges(gate, changes)),
    changeBlocks(gate.tx, blockChanges(gate, changes, isNew)),
    recordSourcing(gate),
  ]);
}

interface Summing<Row, Sum> {
  readonly keyOf: (row: Row) => string;
  readonly start: (row: Row) => Sum;
  readonly add: (sum: Sum, row: Row) => void;
}

/** Adds up rows that have the same key. */
function sumBy<Row, Sum>(rows: Iterable<Row>, { keyOf, start, add }: Summing<Row, Sum>): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key) ?? start(row);
    add(sum, row);
    sums.set(key, sum);
  }
  return [...sums.values()];
}

function levelChanges(gate: Gate, allocations: readonly AllocationChange[]) {
  const managed = allocations.filter(
    (each) => gate.configuration.warehouses.get(each.warehouse)?.stock === 'managed',
  );
  return sumBy(managed, {
    keyOf: ({ product, warehouse }) => `${product}/${warehouse}`,
    start: ({ product, warehouse }) => ({ product, warehouse, units: 0 }),
    add: (sum, { open }) => {
      sum.units += open;
    },
  }).filter((each) => each.units !== 0);
}

function positionChanges(
  gate: Gate,
  changes: readonly ItemChange[],
  fillCause: string | null,
): PositionChange[] {
  const stockMoved = new Set(changes.filter(({ held }) => held.length > 0).map(({ item }) => item.product));
  type Sum = { -readonly [Member in keyof PositionChange]: PositionChange[Member] };
  return sumBy(changes, {
    keyOf: ({ item }) => `${item.product}`,
    start: ({ item }): Sum => ({
      product: item.product,
      backordered: 0,
      preordered: 0,
      unfillable: 0,
      fillCause,
    }),
    add: (sum, { change }) => {
      sum.backordered += change.backordered;
      sum.preordered += change.preordered;
      sum.unfillable += change.unfillable;
    },
  }).filter(
    (each) =>
      fillCause !== null ||
      each.backordered !== 0 ||
      each.preordered !== 0 ||
      each.unfillable !== 0 ||
      (stockMoved.has(each.product) && gate.positions.get(each.product)?.dated === true),
  );
}

/** Units that came into or left queues which are kept in blocks; what is bought for its item stands outside. */
function blockChanges(gate: Gate, changes: readonly ItemChange[], isNew: boolean): BlockChange[] {
  return changes.flatMap(({ item, change, joinsQueue }) => {
    if (gate.positions.get(item.product)?.hasBlocks !== true) return [];
    const difference = unserved(change);
    const joins = item.bought && !isNew && (joinsQueue === true || difference > 0);
    if (item.bought && !joins) return [];
    const units = joins ? unserved(item.buckets) + difference : difference;
    return units === 0 ? [] : [{ rank: rankOf(item), channel: item.channel, units }];
  });
}

function counterChanges(gate: Gate, changes: readonly ItemChange[]): CounterChange[] {
  type Sum = { -readonly [Member in keyof CounterChange]: CounterChange[Member] };
  const waiting = changes.filter(
    ({ item, change }) =>
      gate.positions.get(item.product)?.countsWaiting === true &&
      (change.backordered !== 0 || change.preordered !== 0),
  );
  const scopes = waiting.flatMap(({ item, change }) => {
    const whole = { product: item.product, channel: item.channel, customer: null as string | null, change };
    return item.customer === null ? [whole] : [whole, { ...whole, customer: item.customer }];
  });
  return sumBy(scopes, {
    keyOf: ({ product, channel, customer }) =>
      `${product}/${channel}/${customer === null ? '' : `c${customer}`}`,
    start: ({ product, channel, customer }): Sum => ({
      product,
      channel,
      customer,
      backordered: 0,
      preordered: 0,
    }),
    add: (sum, { change }) => {
      sum.backordered += change.backordered;
      sum.preordered += change.preordered;
    },
  }).filter((each) => each.backordered !== 0 || each.preordered !== 0);
}
