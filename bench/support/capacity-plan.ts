/**
 * The best plan of demands over warehouses that take only so many orders a day: by every day as many served as any plan
 * can, hence the most today and the least total wait (the sum over days of those not yet served); among those plans the
 * one whose today is the best in rank order, then its tomorrow, and so on. Taken one by one, a demand with a choice gets
 * the place of one that has none; here the flexible ones make room. Rank comes after wait: the best-ranked of today,
 * taken without a look at tomorrow, can leave too many for one warehouse. A demand is one order and takes one place; with
 * sizes of their own this would be bin packing.
 *
 * Source: Gale, "Transient flows in networks" (1959); Edmonds and Fulkerson, "Transversals and matroid partition" (1965).
 */

/** How many orders a warehouse takes: what is left of today, and each day from tomorrow. Whole numbers, 0 or more. */
export interface DayCapacity {
  readonly today: number;
  readonly daily: number;
}

export interface PlannedPlace {
  /** Its index in the capacities. */
  readonly warehouse: number;
  /** 0 is today. */
  readonly day: number;
}

/**
 * @param demands in rank order, the best first: for each the warehouses that may serve it, as indexes of `capacities`
 * @returns for each demand its place; undefined for those that can never have one
 */
export function planWithinCapacity(
  demands: readonly (readonly number[])[],
  capacities: readonly DayCapacity[],
): (PlannedPlace | undefined)[] {
  const plan = demands.map((): PlannedPlace | undefined => undefined);
  for (const level of levelsOf(groupsOf(demands, capacities.length), capacities)) {
    for (const [day, shares] of rankLevel(level).entries()) {
      for (const { demands: inOrder, counts } of shares) {
        let next = 0;
        for (const warehouse of capacities.keys()) {
          const until = next + (counts[warehouse] ?? 0);
          for (const demand of inOrder.slice(next, until)) plan[demand] = { warehouse, day };
          next = until;
        }
      }
    }
  }
  return plan;
}

/** Demands that the same warehouses may serve; they differ in rank only. */
interface Group {
  /** The warehouses, by index, and after them the bin of those who are never served. */
  readonly bins: readonly number[];
  /** Indexes, hence in rank order. */
  readonly demands: readonly number[];
}

/** The same warehouses told in another order make a group of their own: nothing but time hangs on that. */
function groupsOf(demands: readonly (readonly number[])[], never: number): Group[] {
  const groups = new Map<string, { bins: number[]; demands: number[] }>();
  for (const [demand, warehouses] of demands.entries()) {
    const key = warehouses.join();
    const group = groups.get(key) ?? { bins: [...warehouses, never], demands: [] };
    group.demands.push(demand);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What a search for room has reached, and from where. */
interface Reached {
  /** By group the bin it would leave; undefined for those that look for a place. */
  readonly groups: ReadonlyMap<number, number | undefined>;
  /** By bin the group that would enter it. */
  readonly bins: ReadonlyMap<number, number>;
}

/** How many of each group lie in each bin, and the moves that make room for more: a flow from groups to bins. */
class Packing {
  readonly #allowed: readonly (readonly number[])[];
  readonly #room: number[];
  readonly #counts: number[][];

  /** @param allowed by group the bins it may lie in */
  constructor(allowed: readonly (readonly number[])[], room: readonly number[]) {
    this.#allowed = allowed;
    this.#room = [...room];
    this.#counts = allowed.map(() => room.map(() => 0));
  }

  count(group: number, bin: number): number {
    return this.#counts[group]?.[bin] ?? 0;
  }

  allows(group: number, bin: number): boolean {
    return this.#allowed[group]?.includes(bin) === true;
  }

  /** The first bin that has any of the group. */
  binOf(group: number): number | undefined {
    return this.#allowed[group]?.find((bin) => this.count(group, bin) > 0);
  }

  room(bin: number): number {
    return this.#room[bin] ?? 0;
  }

  widen(bin: number, places: number): void {
    this.#room[bin] = this.room(bin) + places;
  }

  /** Negative: takes out. */
  put(group: number, bin: number, count: number): void {
    const counts = this.#counts[group];
    if (counts !== undefined) counts[bin] = this.count(group, bin) + count;
    this.widen(bin, -count);
  }

  /** Puts in some of the waiting, moving others where it must; else answers with what was reached, which is full. */
  insert(waiting: Map<number, number>): Reached | undefined {
    const groups = new Map<number, number | undefined>([...waiting.keys()].map((each) => [each, undefined]));
    const bins = new Map<number, number>();
    // a map is walked in the order of entry, new entries included: breadth first, so by the fewest moves
    for (const group of groups.keys()) {
      const entered = this.#allowed[group]?.filter((bin) => !bins.has(bin)) ?? [];
      for (const bin of entered) bins.set(bin, group);
      const end = entered.find((bin) => this.room(bin) > 0);
      if (end !== undefined) {
        this.#move({ groups, bins }, end, waiting);
        return undefined;
      }
      for (const bin of entered) {
        for (const other of this.#counts.keys()) {
          if (this.count(other, bin) > 0 && !groups.has(other)) groups.set(other, bin);
        }
      }
    }
    return { groups, bins };
  }

  /** Inserts while it can; answers with what is full for those who still wait. */
  fill(waiting: Map<number, number>): Reached {
    for (;;) {
      const full = this.insert(waiting);
      if (full !== undefined) return full;
    }
  }

  /** Each group on the way to `end` moves on by one bin, as many of each as all of them can. */
  #move({ groups, bins }: Reached, end: number, waiting: Map<number, number>): void {
    const moves: { group: number; from: number | undefined; to: number }[] = [];
    let most = this.room(end);
    for (let to: number | undefined = end; to !== undefined; ) {
      const group = bins.get(to) ?? 0;
      const from = groups.get(group);
      most = Math.min(most, from === undefined ? (waiting.get(group) ?? 0) : this.count(group, from));
      moves.push({ group, from, to });
      to = from;
    }
    for (const { group, from, to } of moves) {
      this.put(group, to, most);
      if (from !== undefined) this.put(group, from, -most);
      else lower(waiting, group, most);
    }
  }
}

function lower(waiting: Map<number, number>, group: number, count: number): void {
  const left = (waiting.get(group) ?? 0) - count;
  if (left > 0) waiting.set(group, left);
  else waiting.delete(group);
}

/** A group, or what is left of it. */
interface Share extends Group {
  /** By bin how many of it, on all the days it has. */
  readonly counts: readonly number[];
}

/**
 * The groups that need the same last day, and the warehouses that do; the other bins stand here without places. In every
 * best plan just these groups have these warehouses, all places before the last day are taken, and on the last day as
 * many as are still needed. So best plans differ only in who of a level has which of its places.
 */
interface Level {
  readonly shares: readonly Share[];
  readonly bins: readonly DayCapacity[];
  readonly lastDay: number;
}

const NO_PLACES: DayCapacity = { today: 0, daily: 0 };

function levelsOf(groups: readonly Group[], capacities: readonly DayCapacity[]): Level[] {
  const packing = new Packing(
    groups.map(({ bins }) => bins),
    [...capacities, NO_PLACES].map(({ today }) => today),
  );
  const waiting = new Map(groups.map(({ demands }, group) => [group, demands.length]));
  const last = packByDay(packing, waiting, capacities);
  const unserved = sum(waiting.values());
  packing.widen(capacities.length, unserved);
  packing.fill(waiting);
  const bins = [...capacities, { today: 0, daily: unserved }];
  return [...new Set(last.groups)].map((day) => ({
    shares: [...groups.entries()]
      .filter(([group]) => last.groups[group] === day)
      .map(([index, group]) => ({ ...group, counts: bins.map((_, bin) => packing.count(index, bin)) })),
    bins: bins.map((bin, index) => (last.bins[index] === day ? bin : NO_PLACES)),
    // never stands as a tomorrow: warehouses of that level have no places after today
    lastDay: day ?? 1,
  }));
}

/** The last day, by index; undefined for never. */
type LastDays = (number | undefined)[];

/**
 * Day by day each warehouse gets the places of the day and the waiting get in while they can. Places once taken stay
 * taken, and places that can be taken together are a matroid, so each day's total is the most possible by that day. What
 * the last search of a day does not reach has no part in any later one: this was its last day.
 */
function packByDay(
  packing: Packing,
  waiting: Map<number, number>,
  capacities: readonly DayCapacity[],
): { readonly groups: LastDays; readonly bins: LastDays } {
  const groups: LastDays = [...waiting.keys()].map(() => undefined);
  const bins: LastDays = [...capacities, NO_PLACES].map(() => undefined);
  for (let day = 0; ; day++) {
    const full = packing.fill(waiting);
    for (const group of groups.keys()) if (!full.groups.has(group)) groups[group] ??= day;
    for (const bin of capacities.keys()) if (!full.bins.has(bin)) bins[bin] ??= day;
    const renewed = [...full.bins.keys()].filter((bin) => (capacities[bin]?.daily ?? 0) > 0);
    if (renewed.length === 0) return { groups, bins };
    for (const bin of renewed) packing.widen(bin, capacities[bin]?.daily ?? 0);
  }
}

/** By day the shares that are served on it. */
function rankLevel({ shares, bins, lastDay }: Level): (readonly Share[])[] {
  const byDay: (readonly Share[])[] = [];
  let left = shares;
  for (let day = 0; day < lastDay; day++) {
    const { chosen, later } = chooseDay({ shares: left, bins, lastDay }, day);
    byDay.push(chosen);
    left = later;
  }
  return [...byDay, left];
}

/**
 * Chooses who is served on a day, in rank order: each who can be, given those chosen before. Every bin has three parts,
 * its places of the day, of the days between, and of the last day. Those chosen may lie in the first only, the others in
 * all, and nobody takes what the last day has too much; so all is full, and one is chosen if the others can make a place
 * for it on the day and end up where it lay.
 */
function chooseDay(level: Level, day: number): { readonly chosen: Share[]; readonly later: Share[] } {
  const { shares, bins } = level;
  const packing = packForDay(level, day);
  const taken = shares.map(() => 0);
  const closed = new Set<number>();
  for (let left = sum(bins.map((bin) => placesOn(bin, day))); left > 0; ) {
    const share = firstInRank(shares, taken, closed);
    if (share === undefined) break;
    if (choose(packing, share, shares.length + share)) {
      taken[share] = (taken[share] ?? 0) + 1;
      left -= 1;
    } else closed.add(share);
  }
  function countsOf(group: number): number[] {
    return [...bins.keys()].map((bin) => sum(partsOf(bin).map((part) => packing.count(group, part))));
  }
  return {
    chosen: shares.map((share, index) => ({ ...share, counts: countsOf(index) })),
    later: shares.map((share, index) => {
      const demands = share.demands.slice(taken[index]);
      return { ...share, demands, counts: countsOf(shares.length + index) };
    }),
  };
}

/** The groups of a day's packing: those chosen, by share, none as yet; the others, by share; nobody. */
function packForDay({ shares, bins, lastDay }: Level, day: number): Packing {
  const nobody = 2 * shares.length;
  const packing = new Packing(
    [
      ...shares.map((share) => share.bins.map((bin) => partsOf(bin)[0])),
      // the day first: who lies there already is chosen without any move
      ...shares.map((share) => [0, 1, 2].flatMap((part) => share.bins.map((bin) => partsOf(bin)[part] ?? 0))),
      [...bins.keys()].map((bin) => partsOf(bin)[2]),
    ],
    bins.flatMap((bin) => [placesOn(bin, day), bin.daily * (lastDay - day - 1), bin.daily]),
  );
  for (const bin of bins.keys()) {
    const counts = shares.map((share) => share.counts[bin] ?? 0);
    for (const part of partsOf(bin)) {
      for (const [share, count] of counts.entries()) {
        const here = Math.min(count, packing.room(part));
        packing.put(shares.length + share, part, here);
        counts[share] = count - here;
      }
    }
    const [, , last] = partsOf(bin);
    packing.put(nobody, last, packing.room(last));
  }
  return packing;
}

function partsOf(bin: number): [number, number, number] {
  return [3 * bin, 3 * bin + 1, 3 * bin + 2];
}

function placesOn({ today, daily }: DayCapacity, day: number): number {
  return day === 0 ? today : daily;
}

/** The share whose next demand ranks best. */
function firstInRank(
  shares: readonly Share[],
  taken: readonly number[],
  closed: ReadonlySet<number>,
): number | undefined {
  let first: { readonly share: number; readonly demand: number } | undefined;
  for (const [share, { demands }] of shares.entries()) {
    const demand = demands[taken[share] ?? 0];
    if (demand === undefined || closed.has(share)) continue;
    if (first === undefined || demand < first.demand) first = { share, demand };
  }
  return first?.share;
}

/** One of the others becomes a chosen one, if the rest can move to where it lay. */
function choose(packing: Packing, chosen: number, other: number): boolean {
  const part = packing.binOf(other);
  if (part === undefined) return false;
  packing.put(other, part, -1);
  if (packing.allows(chosen, part)) {
    packing.put(chosen, part, 1);
    return true;
  }
  if (packing.insert(new Map([[chosen, 1]])) === undefined) return true;
  packing.put(other, part, 1);
  return false;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}
