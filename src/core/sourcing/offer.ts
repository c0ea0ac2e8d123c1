/** An offer: how many units a warehouse gives, or could give, to one wish. */
import type { WarehouseId } from '../kernel/ids.ts';
import type { Limit } from '../kernel/quantity.ts';

export interface Offer {
  readonly warehouse: WarehouseId;
  readonly free: Limit;
}
