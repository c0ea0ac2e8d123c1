/**
 * The table of the WideWorldImporters proof: what Allot made of it, beside what the files say where they say anything.
 * The two need not agree: the files pick whole items in no fixed order, Allot fills first come, first served, in part
 * where it must.
 */
import { renderTable } from '../../../src/cli/table.ts';
import { purchasesOf, type WwiFound } from './wwi-check.ts';
import type { WwiData } from './wwi-files.ts';
import type { PlannedItem, WwiPlan } from './wwi-plan.ts';
import type { Played } from './wwi-play.ts';

type Line = readonly [string, number | string | null, number | string | null];

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The waiting time that a share of the items did not exceed. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

interface Waits {
  readonly items: number;
  readonly units: number;
  readonly stillItems: number;
  readonly stillUnits: number;
  /** Days of those that were served, shortest first. */
  readonly days: readonly number[];
}

interface Wait {
  readonly units: number;
  readonly left: number;
  readonly days: number | undefined;
}

function waitsOf(waits: readonly Wait[]): Waits {
  const still = waits.filter(({ left }) => left > 0);
  return {
    items: waits.length,
    units: waits.reduce((sum, { units }) => sum + units, 0),
    stillItems: still.length,
    stillUnits: still.reduce((sum, { left }) => sum + left, 0),
    days: waits.flatMap(({ days }) => (days === undefined ? [] : [days])).sort((a, b) => a - b),
  };
}

function oursOf({ waited }: Played): Waits {
  return waitsOf(
    waited.map(({ units, left, day, filledOn }) => ({
      units,
      left,
      days: filledOn === undefined ? undefined : daysBetween(day, filledOn),
    })),
  );
}

/** An item waited in the files when it was not picked on the day of its order. */
function waitedInFiles(plan: WwiPlan): { readonly item: PlannedItem; readonly wait: Wait }[] {
  return plan.days.flatMap(({ day, orders }) =>
    orders.flatMap(({ items }) =>
      items
        .filter(({ pickedOn }) => pickedOn !== day)
        .map((item) => {
          const { pickedOn, units } = item;
          const days = pickedOn === undefined ? undefined : daysBetween(day, pickedOn);
          return { item, wait: { units, left: pickedOn === undefined ? units : 0, days } };
        }),
    ),
  );
}

function orderRows(data: WwiData, found: WwiFound, played: Played): Line[] {
  return [
    ['orders', played.orders, data.orders.length],
    ['  of them carriers of a backorder', 0, data.orders.filter(({ isCarrier }) => isCarrier).length],
    ['order items', found.items, data.items.length],
    ['units', found.ordered, data.items.reduce((sum, { units }) => sum + units, 0)],
    ['shipments', played.shipments, null],
    ['units shipped', found.shipped, data.items.reduce((sum, { picked }) => sum + picked, 0)],
  ];
}

function waitRows(plan: WwiPlan, played: Played): Line[] {
  const inFiles = waitedInFiles(plan);
  const ours = oursOf(played);
  const theirs = waitsOf(inFiles.map(({ wait }) => wait));
  const both = new Set(inFiles.map(({ item }) => item));
  const common = played.waited.filter(({ item }) => both.has(item)).length;
  function days(name: string, share: number): Line {
    return [`days waited, ${name}`, quantile(ours.days, share), quantile(theirs.days, share)];
  }
  return [
    ['backorder links kept', played.linksKept, plan.links],
    ['items that waited', ours.items, theirs.items],
    ['  of them in both', common, common],
    ['units that waited', ours.units, theirs.units],
    ['items that were served later', ours.days.length, theirs.days.length],
    days('median', 0.5),
    days('nine of ten within', 0.9),
    days('longest', 1),
    ['items that wait still', ours.stillItems, theirs.stillItems],
    ['units that wait still', ours.stillUnits, theirs.stillUnits],
  ];
}

function purchaseRows(data: WwiData, plan: WwiPlan, found: WwiFound): Line[] {
  const { purchases, surplus } = found;
  const planned = purchasesOf(plan);
  const lines = planned.flatMap((each) => each.lines);
  const late = planned.flatMap(({ expectedOn, lines: own }) =>
    own.filter(({ receivedOn }) => receivedOn !== undefined && receivedOn > expectedOn),
  );
  const received = data.purchaseLines.reduce((sum, each) => sum + each.received, 0);
  const over = data.purchaseLines.filter((each) => each.received > each.ordered).length;
  return [
    ['purchase orders', purchases.orders, data.purchaseOrders.length],
    ['purchase order lines', purchases.lines, data.purchaseLines.length],
    ['  received after the expected day', late.length, late.length],
    ['  received beyond what was ordered', lines.filter(({ beyond }) => beyond > 0).length, over],
    ['  received in part, the rest closed', lines.filter((each) => each.closed > 0).length, null],
    [
      '  still open',
      lines.filter(({ ordered, onLine, closed }) => ordered > onLine + closed).length,
      data.purchaseLines.filter(({ finalized }) => !finalized).length,
    ],
    ['units ordered from suppliers', purchases.ordered, null],
    ['units received', purchases.received, received],
    ['units received as surplus', surplus, null],
    ['units of the opening stock', [...plan.opening.values()].reduce((sum, units) => sum + units, 0), null],
    ['units on the shelf, allocated', found.allocated, null],
    ['units on the shelf, available', found.onShelf - found.allocated, null],
  ];
}

export function describeWwi(facts: {
  readonly data: WwiData;
  readonly plan: WwiPlan;
  readonly played: Played;
  readonly found: WwiFound;
}): string {
  const { data, plan, played, found } = facts;
  return renderTable(
    [
      { head: `${plan.days[0]?.day ?? '-'} to ${plan.days.at(-1)?.day ?? '-'}` },
      { head: 'Allot', align: 'right' },
      { head: 'the files', align: 'right' },
    ],
    [...orderRows(data, found, played), ...waitRows(plan, played), ...purchaseRows(data, plan, found)],
  );
}
