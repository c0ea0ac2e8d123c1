/**
 * Asks Allot how things stand after the last day and holds it against what was played: every order's units, every
 * purchase order, the stock of both warehouses. Each difference is one line; none when all agree.
 */
import type { Client } from '../../../src/contract/call.ts';
import type { PlannedLine, PlannedPurchase, WwiPlan } from './wwi-plan.ts';
import type { Played } from './wwi-play.ts';
import { SHELF, SURPLUS } from './wwi-shop.ts';

const PAGE = 200;

export interface PurchaseTotals {
  readonly orders: number;
  readonly lines: number;
  readonly ordered: number;
  readonly received: number;
  readonly open: number;
}

export interface WwiFound {
  readonly items: number;
  readonly ordered: number;
  readonly allocated: number;
  readonly shipped: number;
  readonly backordered: number;
  readonly purchases: PurchaseTotals;
  readonly onShelf: number;
  readonly surplus: number;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

async function readPages<Row>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let page = await read({ limit: PAGE });
  rows.push(...page.rows);
  while (page.nextCursor !== null) {
    page = await read({ limit: PAGE, cursor: page.nextCursor });
    rows.push(...page.rows);
  }
  return rows;
}

function sum<Row>(rows: readonly Row[], unitsOf: (row: Row) => number): number {
  return rows.reduce((total, row) => total + unitsOf(row), 0);
}

async function onHand(client: Client, warehouse: string): Promise<number> {
  const levels = await readPages((query) =>
    client.must('listInventoryLevels', { query: { ...query, warehouse } }),
  );
  return sum(levels, (level) => level.onHand);
}

export async function findWwi(client: Client): Promise<WwiFound> {
  const { rows } = await client.must('itemsByStatus', { query: {} });
  const orders = await readPages((query) => client.must('listPurchaseOrders', { query }));
  return {
    items: sum(rows, ({ items }) => items),
    ordered: sum(rows, ({ quantities }) => quantities.ordered),
    allocated: sum(rows, ({ quantities }) => quantities.allocated),
    shipped: sum(rows, ({ quantities }) => quantities.shipped),
    backordered: sum(rows, ({ quantities }) => quantities.backordered),
    purchases: {
      orders: orders.length,
      lines: sum(orders, ({ lines }) => lines),
      ordered: sum(orders, ({ ordered }) => ordered),
      received: sum(orders, ({ received }) => received),
      open: sum(orders, ({ open }) => open),
    },
    onShelf: await onHand(client, SHELF),
    surplus: await onHand(client, SURPLUS),
  };
}

export function purchasesOf({ days }: WwiPlan): PlannedPurchase[] {
  return days.flatMap(({ sent }) => sent);
}

/** Figures that must agree: what they are, as found, as played. */
function figures(found: WwiFound, plan: WwiPlan, played: Played): [string, number, number][] {
  const purchases = purchasesOf(plan);
  const lines = purchases.flatMap((each) => each.lines);
  const items = plan.days.flatMap(({ orders }) => orders.flatMap((order) => order.items));
  const inLines = (of: (line: PlannedLine) => number): number => sum(lines, of);
  const supplied = sum([...plan.opening.values()], (units) => units) + inLines((each) => each.beyond);
  const received = inLines(({ onLine }) => onLine);
  return [
    ['orders accepted', played.orders, sum(plan.days, ({ orders }) => orders.length)],
    ['links kept', played.linksKept, plan.links],
    ['items', found.items, items.length],
    ['units ordered', found.ordered, sum(items, ({ units }) => units)],
    ['units shipped', found.shipped, played.shipped],
    ['units allocated', found.allocated, played.atOnce + played.later - played.shipped],
    ['units waiting', found.backordered, sum(played.waited, ({ left }) => left)],
    ['units that had to wait', sum(played.waited, ({ units }) => units), found.ordered - played.atOnce],
    ['purchase orders', found.purchases.orders, purchases.length],
    ['purchase order lines', found.purchases.lines, lines.length],
    ['units on purchase orders', found.purchases.ordered, inLines(({ ordered }) => ordered)],
    ['units received on purchase orders', found.purchases.received, received],
    [
      'units open on purchase orders',
      found.purchases.open,
      inLines(({ ordered, onLine, closed }) => ordered - onLine - closed),
    ],
    ['units on the shelf', found.onShelf, supplied + received - found.shipped],
    ['units of surplus', found.surplus, inLines(({ surplus }) => surplus)],
  ];
}

/**
 * Where the stock is the least that the picking needs, as many units as were never picked must wait at the end: both
 * give away the same units, only to others.
 */
function conserved(found: WwiFound, plan: WwiPlan): [string, number, number] {
  const never = plan.days
    .flatMap(({ orders }) => orders.flatMap(({ items }) => items))
    .filter(({ pickedOn }) => pickedOn === undefined);
  return [
    'units waiting, as many as the files never picked',
    found.backordered,
    sum(never, ({ units }) => units),
  ];
}

export function differences(
  found: WwiFound,
  {
    plan,
    played,
    asDelivered,
  }: { readonly plan: WwiPlan; readonly played: Played; readonly asDelivered: boolean },
): string[] {
  const pairs = figures(found, plan, played);
  if (!asDelivered) pairs.push(conserved(found, plan));
  return [
    ...played.failures,
    ...pairs
      .filter(([, one, other]) => one !== other)
      .map(([what, one, other]) => `${what}: Allot has ${one}, played were ${other}`),
  ];
}
