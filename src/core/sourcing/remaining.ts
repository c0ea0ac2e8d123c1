/**
 * What remains for the next item of an order while the warehouses of the earlier ones are chosen: free units, what each
 * warehouse may still do today, and where the order ships from anyway. A working copy; the view beneath is not changed.
 */
import type { Warehouse } from '../inventory/warehouse.ts';
import type { ProductId, WarehouseId } from '../kernel/ids.ts';
import { type Limit, quantity } from '../kernel/quantity.ts';
import type { DayLoad } from './scoring.ts';

interface View {
  readonly free: (product: ProductId, warehouse: Warehouse) => Limit;
  readonly load: (warehouse: WarehouseId) => DayLoad;
}

export class Remaining {
  readonly #view: View;
  readonly #opened: Set<WarehouseId>;
  readonly #taken = new Map<string, number>();
  readonly #given = new Map<WarehouseId, number>();

  constructor(view: View, opened: readonly WarehouseId[]) {
    this.#view = view;
    this.#opened = new Set(opened);
  }

  free(product: ProductId, warehouse: Warehouse): Limit {
    const free = this.#view.free(product, warehouse);
    if (free === 'unlimited') return free;
    return quantity(Math.max(0, free - (this.#taken.get(`${product}/${warehouse.id}`) ?? 0)));
  }

  load(warehouse: WarehouseId): DayLoad {
    const { orders, units } = this.#view.load(warehouse);
    return { orders, units: units + (this.#given.get(warehouse) ?? 0) };
  }

  isOpened(warehouse: WarehouseId): boolean {
    return this.#opened.has(warehouse);
  }

  openedCount(): number {
    return this.#opened.size;
  }

  take(product: ProductId, warehouse: WarehouseId, units: number): void {
    const key = `${product}/${warehouse}`;
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + units);
    this.#given.set(warehouse, (this.#given.get(warehouse) ?? 0) + units);
    this.#opened.add(warehouse);
  }
}
