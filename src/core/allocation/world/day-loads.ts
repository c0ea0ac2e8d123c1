/**
 * Day loads: what each warehouse was given to do on its current day, in orders and units, for rules that look at it. A
 * working copy: what decisions add here is written with them. An order counts once in a warehouse, and what is cancelled
 * later is not taken off again, since the work may have begun.
 */
import { frozen } from '../../kernel/frozen.ts';
import type { WarehouseId } from '../../kernel/ids.ts';
import type { DayLoad } from '../../sourcing/scoring.ts';

export interface WarehouseLoad extends DayLoad {
  readonly warehouse: WarehouseId;
}

const NOTHING: DayLoad = frozen({ orders: 0, units: 0 });

export class DayLoads {
  readonly #loads: Map<WarehouseId, DayLoad>;
  readonly #added = new Map<WarehouseId, DayLoad>();

  constructor(loads: Iterable<WarehouseLoad>) {
    this.#loads = new Map([...loads].map(({ warehouse, orders, units }) => [warehouse, { orders, units }]));
  }

  of(warehouse: WarehouseId): DayLoad {
    return this.#loads.get(warehouse) ?? NOTHING;
  }

  add({ warehouse, orders, units }: WarehouseLoad): void {
    this.#loads.set(warehouse, plus(this.of(warehouse), { orders, units }));
    this.#added.set(warehouse, plus(this.#added.get(warehouse) ?? NOTHING, { orders, units }));
  }

  /** The same loads for a trial: what is added to the fork is not added here. */
  fork(): DayLoads {
    return new DayLoads([...this.#loads].map(([warehouse, load]) => ({ warehouse, ...load })));
  }

  /** What was added since the last call. */
  drainAdded(): WarehouseLoad[] {
    const added = [...this.#added].map(([warehouse, load]) => ({ warehouse, ...load }));
    this.#added.clear();
    return added;
  }
}

function plus(a: DayLoad, b: DayLoad): DayLoad {
  return { orders: a.orders + b.orders, units: a.units + b.units };
}
