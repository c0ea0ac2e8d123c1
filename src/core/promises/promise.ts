/**
 * When do waiting units come? Every waiting unit is pegged to dated supply in queue order: it takes the earliest
 * supply that may serve it and that nobody better-ranked needs. So no supply is promised twice, and a promise made at
 * the end of the queue makes nobody ahead late.
 *
 * A promise is computed from what stands ahead and what is coming whenever it is asked for; it moves when either
 * moves. An item may have several slices with several days. A pre-order is never promised before its release.
 */
import { frozen } from '../kernel/frozen.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import { type LocalDate, later } from '../kernel/time.ts';

export const PROMISE_SOURCES = frozen(['stock', 'purchase_order', 'release', 'lead_time', 'unknown']);
/** What the day of a slice follows from. */
export type PromiseSource = (typeof PROMISE_SOURCES)[number];

/** Units that can be shipped from `on`: free stock, or what a purchase order line brings. */
export interface DatedSupply {
  readonly source: 'stock' | 'purchase_order';
  readonly warehouse: WarehouseId;
  /** The day they can be shipped, after arrival and handling. */
  readonly on: LocalDate;
  readonly units: number;
  readonly purchaseOrder: string | null;
  readonly line: number | null;
  /** Percent of such days that were kept before; null: nothing is known. */
  readonly confidence: number | null;
}

/** Some units of an item and the day they are promised for; null: not known. */
export interface PromiseSlice {
  readonly units: number;
  readonly on: LocalDate | null;
  readonly source: PromiseSource;
  readonly purchaseOrder: string | null;
  readonly line: number | null;
  readonly confidence: number | null;
}

/** Waiting units of one item, or of a whole piece of queue whose items may be served by the same warehouses. */
export interface Claim {
  readonly units: number;
  readonly warehouses: ReadonlySet<WarehouseId>;
}

export interface ItemClaim extends Claim {
  /** Warehouses that rejected the item: what they will have is not for it. */
  readonly rejectedBy: readonly WarehouseId[];
  /** The day of its release, for a pre-order whose release has not come. */
  readonly releaseOn: LocalDate | null;
  /** When an order of today would arrive, where that may be promised. */
  readonly leadTimeOn: LocalDate | null;
}

export interface Pegged {
  readonly supply: DatedSupply;
  readonly units: number;
}

/** The working copy of dated supply that one claim after another, best rank first, takes from. */
export class Pegging {
  readonly #supplies: readonly DatedSupply[];
  readonly #left: number[];
  /** Everything before it is used up. */
  #first = 0;

  constructor(supplies: readonly DatedSupply[]) {
    this.#supplies = supplies.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    this.#left = this.#supplies.map(({ units }) => units);
  }

  /** Takes the earliest supply of the claim's warehouses; what there is not stays without. */
  take({ units, warehouses }: Claim): Pegged[] {
    const pegged: Pegged[] = [];
    let wanted = units;
    for (let index = this.#first; index < this.#supplies.length && wanted > 0; index++) {
      const supply = this.#supplies[index];
      const left = this.#left[index] ?? 0;
      if (supply === undefined || left === 0 || !warehouses.has(supply.warehouse)) continue;
      const taken = Math.min(left, wanted);
      this.#left[index] = left - taken;
      wanted -= taken;
      pegged.push({ supply, units: taken });
    }
    while (this.#first < this.#left.length && this.#left[this.#first] === 0) this.#first += 1;
    return pegged;
  }

  /** Each supply of these warehouses with what nobody took of it, by day. */
  left(warehouses: ReadonlySet<WarehouseId>): Pegged[] {
    return this.#supplies.flatMap((supply, index) =>
      warehouses.has(supply.warehouse) ? [{ supply, units: this.#left[index] ?? 0 }] : [],
    );
  }
}

/** Pegs an item's waiting units and says when each part of them comes, the earliest first. */
export function promise(claim: ItemClaim, pegging: Pegging): PromiseSlice[] {
  const parts: PromiseSlice[] = [];
  let uncovered = claim.units;
  for (const { supply, units } of pegging.take(claim)) {
    if (claim.rejectedBy.includes(supply.warehouse)) continue;
    uncovered -= units;
    parts.push(sliceOf(supply, units, claim.releaseOn));
  }
  if (uncovered > 0) parts.push(uncoveredSlice(claim, uncovered));
  const slices: PromiseSlice[] = [];
  for (const part of parts.sort(compareDays)) append(slices, part);
  return slices;
}

/** The earliest first, what is not known last. */
function compareDays({ on: a }: PromiseSlice, { on: b }: PromiseSlice): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

function sliceOf(supply: DatedSupply, units: number, releaseOn: LocalDate | null): PromiseSlice {
  const { source, on, purchaseOrder, line, confidence } = supply;
  if (releaseOn === null || releaseOn <= on) return { units, on, source, purchaseOrder, line, confidence };
  return { units, on: releaseOn, source: 'release', purchaseOrder, line, confidence };
}

/** Nothing on its way covers them: the lead time of an order of today, the announced release, or no day at all. */
function uncoveredSlice({ releaseOn, leadTimeOn }: ItemClaim, units: number): PromiseSlice {
  const nothing = { units, purchaseOrder: null, line: null, confidence: null };
  if (leadTimeOn !== null) {
    const on = releaseOn === null ? leadTimeOn : later(leadTimeOn, releaseOn);
    return { ...nothing, on, source: on === leadTimeOn ? 'lead_time' : 'release' };
  }
  if (releaseOn !== null) return { ...nothing, on: releaseOn, source: 'release' };
  return { ...nothing, on: null, source: 'unknown' };
}

/** Adds a slice behind the others; slices that say the same are one. */
function append(slices: PromiseSlice[], slice: PromiseSlice): void {
  const last = slices.at(-1);
  if (last !== undefined && sameDay(last, slice))
    slices[slices.length - 1] = { ...last, units: last.units + slice.units };
  else slices.push(slice);
}

function sameDay(a: PromiseSlice, b: PromiseSlice): boolean {
  return a.on === b.on && a.source === b.source && a.purchaseOrder === b.purchaseOrder && a.line === b.line;
}

/** The day by which all of it comes; null when that is not known for a part. */
export function promisedOn(slices: readonly PromiseSlice[]): LocalDate | null {
  let last: LocalDate | null = null;
  for (const { on } of slices) {
    if (on === null) return null;
    last = last === null ? on : later(last, on);
  }
  return last;
}
