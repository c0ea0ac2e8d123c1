/** A sales channel: where orders come from, how strictly they are judged, and which warehouses serve them. */
import type { ChannelId, WarehouseId } from '../kernel/ids.ts';

/** strict refuses what the policy does not allow; accept_always takes it in as unfillable. */
export type Acceptance = 'strict' | 'accept_always';
export type Shipping = 'partial' | 'complete';
/** For orders that ship complete: what happens to the units of the items that are ready first. */
export type WhenIncomplete = 'hold' | 'give_back';

export interface SalesChannel {
  readonly id: ChannelId;
  readonly code: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly acceptance: Acceptance;
  readonly shipping: Shipping;
  readonly whenIncomplete: WhenIncomplete;
  readonly enabled: boolean;
  /** The warehouses that serve it, the preferred one first. */
  readonly warehouses: readonly WarehouseId[];
}
