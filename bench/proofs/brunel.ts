/**
 * Proof: a real day of 9,215 orders on 18 plants that take only so many orders a day is planned as well as can be. Each
 * product is made at some plants, and some plants serve their own customers only. Two figures: orders served on day 1,
 * and the total wait until the backlog is cleared (the sum over days of the orders not yet served). No plan can do more
 * by a day than the bound of Hall's theorem: for every set of plants, what they take by that day, and all orders that
 * others may serve too. The bound is worked out here by trying all 262,144 sets, apart from the plan; reached on every
 * day, it proves both figures. Beside it stand two greedy ways, order by order: the cheapest plant with room, and the
 * plant with the most room.
 *
 *   npm run proof:brunel
 *
 * The last line is the verdict; exits 1 if a day is below its bound, a place is not lawful, or greedy is not beaten.
 *
 * Source of the data: Brunel University, "Supply Chain Logistics Problem Dataset" (CC BY 4.0).
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Cell, renderTable } from '../../src/cli/table.ts';
import { type PlannedPlace, planWithinCapacity } from '../support/capacity-plan.ts';
import { say } from '../support/options.ts';
import { dataFile, runProof } from './support/proof-data.ts';

interface PlantRow {
  readonly plant: string;
  readonly cost_per_unit: string;
  readonly daily_capacity_orders: string;
  readonly vmi_only_customers: string;
}

interface OrderRow {
  readonly order_id: string;
  readonly customer: string;
  readonly product_id: string;
}

function rowsOf<Row>(name: string): Row[] {
  const rows: Row[] = parse(gunzipSync(readFileSync(dataFile(name))), { columns: true });
  return rows;
}

interface Plant {
  readonly daily: number;
  readonly costPerUnit: number;
}

interface Day {
  readonly plants: readonly Plant[];
  /** By order, as the file has them: indexes of the plants that may serve it. */
  readonly orders: readonly (readonly number[])[];
}

function readDay(): Day {
  const plants = rowsOf<PlantRow>('brunel_plants.csv.gz');
  const makes = new Set(
    rowsOf<{ plant: string; product_id: string }>('brunel_products_per_plant.csv.gz').map(
      ({ plant, product_id }) => `${plant} ${product_id}`,
    ),
  );
  const customers = plants.map(({ vmi_only_customers: only }) => (only === '' ? undefined : only.split('|')));
  return {
    plants: plants.map((row) => ({
      daily: Number(row.daily_capacity_orders),
      costPerUnit: Number(row.cost_per_unit),
    })),
    orders: rowsOf<OrderRow>('brunel_orders.csv.gz').map(({ customer, product_id: product }) =>
      [...plants.entries()]
        .filter(([, { plant }]) => makes.has(`${plant} ${product}`))
        .map(([index]) => index)
        .filter((index) => customers[index]?.includes(customer) ?? true),
    ),
  };
}

/** Day by day, order by order in the order of the file: the one of the plants with room that `better` prefers. */
function planGreedily(
  { plants, orders }: Day,
  better: (a: number, b: number, room: readonly number[]) => number,
): (PlannedPlace | undefined)[] {
  const plan = orders.map((): PlannedPlace | undefined => undefined);
  let waiting = [...orders.keys()];
  for (let day = 0; waiting.length > 0; day++) {
    const room = plants.map(({ daily }) => daily);
    const before = waiting.length;
    waiting = waiting.filter((order) => {
      const open = (orders[order] ?? []).filter((plant) => (room[plant] ?? 0) > 0);
      const [warehouse] = open.toSorted((a, b) => better(a, b, room) || a - b);
      if (warehouse === undefined) return true;
      room[warehouse] = (room[warehouse] ?? 0) - 1;
      plan[order] = { warehouse, day };
      return false;
    });
    if (waiting.length === before) break;
  }
  return plan;
}

/** The most any plan can have served by the end of each day, until all that can be served are. */
function boundsOf({ plants, orders }: Day, days: number): number[] {
  const sets = 1 << plants.length;
  // first the orders whose plants are exactly the set, then those whose plants all lie in it
  const within = new Int32Array(sets);
  for (const eligible of orders) {
    const set = eligible.reduce((bits, plant) => bits | (1 << plant), 0);
    within[set] = (within[set] ?? 0) + 1;
  }
  for (let plant = 0; plant < plants.length; plant++) {
    for (let set = 0; set < sets; set++) {
      if ((set >> plant) & 1) within[set] = (within[set] ?? 0) + (within[set ^ (1 << plant)] ?? 0);
    }
  }
  const daily = Float64Array.from({ length: sets }, (_, set) =>
    plants.reduce((sum, plant, index) => sum + ((set >> index) & 1 ? plant.daily : 0), 0),
  );
  return Array.from({ length: days }, (_, day) => {
    let most = Infinity;
    for (let set = 0; set < sets; set++) {
      most = Math.min(most, (daily[set] ?? 0) * (day + 1) + orders.length - (within[set] ?? 0));
    }
    return most;
  });
}

/** Served by the end of each day. */
function servedByDay(plan: readonly (PlannedPlace | undefined)[]): number[] {
  const served: number[] = [];
  for (const place of plan) if (place !== undefined) served[place.day] = (served[place.day] ?? 0) + 1;
  let total = 0;
  return Array.from(served, (count: number | undefined) => (total += count ?? 0));
}

/** Every place is at a plant that may serve, and no plant takes more on a day than it can. */
function isLawful({ plants, orders }: Day, plan: readonly (PlannedPlace | undefined)[]): boolean {
  const used = new Map<string, number>();
  return plan.every((place, order) => {
    if (place === undefined) return true;
    const key = `${place.warehouse}@${place.day}`;
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    const daily = plants[place.warehouse]?.daily ?? 0;
    return count <= daily && orders[order]?.includes(place.warehouse) === true;
  });
}

function waitOf(served: readonly number[], all: number): number {
  return served.reduce((sum, by) => sum + all - by, 0);
}

function prove(): 0 | 1 {
  const day = readDay();
  const capacities = day.plants.map(({ daily }) => ({ today: daily, daily }));
  const started = performance.now();
  const plan = planWithinCapacity(day.orders, capacities);
  const took = performance.now() - started;
  const cost = (plant: number) => day.plants[plant]?.costPerUnit ?? Infinity;
  const greedy = [
    ['the cheapest plant with room', planGreedily(day, (a, b) => cost(a) - cost(b))],
    ['the plant with the most room', planGreedily(day, (a, b, room) => (room[b] ?? 0) - (room[a] ?? 0))],
  ] as const;
  const served = servedByDay(plan);
  const bounds = boundsOf(day, Math.max(...greedy.map(([, of]) => servedByDay(of).length), served.length));
  const rows = [['the plan', plan] as const, ...greedy].map(([name, of]): Cell[] => {
    const by = servedByDay(of);
    return [name, by[0] ?? 0, waitOf(by, day.orders.length), by.length, by.at(-1) ?? 0];
  });
  rows.push([
    'no plan can do better than',
    bounds[0] ?? 0,
    waitOf(bounds, day.orders.length),
    served.length,
    day.orders.length,
  ]);
  const heads = ['way', 'served on day 1', 'total wait in order-days', 'days', 'served in the end'];
  say(
    renderTable(
      heads.map((head, index) => (index === 0 ? { head } : { head, align: 'right' as const })),
      rows,
    ),
  );
  const reached = bounds.filter((bound, index) => bound === (served[index] ?? served.at(-1))).length;
  const beaten = greedy.every(([, of]) => {
    const by = servedByDay(of);
    const isMore = (served[0] ?? 0) > (by[0] ?? 0);
    return isMore && waitOf(served, day.orders.length) < waitOf(by, day.orders.length);
  });
  const lawful = isLawful(day, plan);
  say(`planned in ${took.toFixed(0)} ms; every place lawful: ${lawful ? 'yes' : 'NO'}`);
  say(
    `brunel: ${served[0] ?? 0} on day 1, total wait ${waitOf(served, day.orders.length)}, bound reached on ${reached} of ${bounds.length} days`,
  );
  return lawful && beaten && reached === bounds.length ? 0 : 1;
}

await runProof(() => Promise.resolve(prove()));
