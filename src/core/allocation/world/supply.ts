/**
 * Supply: the working copy of what is free, by product and warehouse, that one decision after another draws from.
 * It lives for one batch, under the locks of its products. What is only tried is taken from a fork, which is committed or forgotten.
 */
import type { Warehouse } from '../../inventory/warehouse.ts';
import { invariant } from '../../kernel/assert.ts';
import type { ProductId, WarehouseId } from '../../kernel/ids.ts';
import { type Limit, quantity } from '../../kernel/quantity.ts';
import type { Offer } from '../../sourcing/offer.ts';
import type { Fill } from '../fill.ts';

export class Supply {
  readonly #free = new Map<ProductId, Map<WarehouseId, number>>();
  readonly #beneath: Supply | undefined;

  /**
   * @param free what is available by product and warehouse; a pair that is missing has nothing
   * @param beneath what it has of products of which nothing is given
   */
  constructor(
    free: Iterable<{
      readonly product: ProductId;
      readonly warehouse: WarehouseId;
      readonly units: number;
    }>,
    beneath?: Supply,
  ) {
    this.#beneath = beneath;
    for (const { product, warehouse, units } of free) {
      const byWarehouse = this.#free.get(product) ?? new Map<WarehouseId, number>();
      byWarehouse.set(warehouse, units);
      this.#free.set(product, byWarehouse);
    }
  }

  free(product: ProductId, warehouse: Warehouse): Limit {
    if (warehouse.stock === 'unmanaged') return 'unlimited';
    return quantity(this.#of(product)?.get(warehouse.id) ?? 0);
  }

  offers(product: ProductId, warehouses: readonly Warehouse[]): Offer[] {
    return warehouses.map((warehouse) => ({ warehouse: warehouse.id, free: this.free(product, warehouse) }));
  }

  /** Free units of a product in managed warehouses. */
  total(product: ProductId): number {
    let sum = 0;
    for (const units of this.#of(product)?.values() ?? []) sum += units;
    return sum;
  }

  /** The same supply for a trial: what is taken from the fork is not taken from here. */
  fork(): Supply {
    return new Supply([], this);
  }

  #of(product: ProductId): ReadonlyMap<WarehouseId, number> | undefined {
    const own = this.#free.get(product);
    return own === undefined && this.#beneath !== undefined ? this.#beneath.#of(product) : own;
  }

  take(product: ProductId, fills: readonly Fill[], warehouses: ReadonlyMap<WarehouseId, Warehouse>): void {
    for (const { warehouse, units } of fills) {
      if (warehouses.get(warehouse)?.stock === 'unmanaged') continue;
      const byWarehouse = this.#free.get(product) ?? new Map(this.#of(product));
      const left = (byWarehouse.get(warehouse) ?? 0) - units;
      invariant(
        left >= 0,
        `took ${units} of product ${product} from warehouse ${warehouse}, more than is free`,
      );
      byWarehouse.set(warehouse, left);
      this.#free.set(product, byWarehouse);
    }
  }

  /** What was taken from this fork is taken from what it is a fork of. */
  commit(): void {
    invariant(this.#beneath !== undefined, 'only a fork is committed');
    for (const [product, byWarehouse] of this.#free) this.#beneath.#free.set(product, byWarehouse);
    this.#free.clear();
  }
}
