/**
 * What may happen to a world of products, orders and stock, as plain data: the acts, their outcomes and the view
 * by which two worlds are compared. The plain model, the pure core and a running server all take the same acts,
 * so a sequence that shows a difference can be read, shrunk and played again on each of them.
 */
import type { Group } from './small-rules.ts';

export type Kind = 'backorder' | 'preorder';

export interface Limits {
  readonly perOrder: number | null;
  readonly perCustomer: number | null;
  readonly perChannel: number | null;
  readonly perProduct: number | null;
}

/** Zones without summer time, so that the model can turn a local date into an instant by a subtraction. */
export const ZONE_HOURS = { 'Etc/UTC': 0, 'Asia/Tokyo': 9, 'America/Phoenix': -7 } as const;
export type Zone = keyof typeof ZONE_HOURS;

export interface Policy {
  readonly backorder: { readonly allowed: boolean; readonly until: string | null; readonly limits: Limits };
  readonly preorder: { readonly allowed: boolean; readonly limits: Limits };
  readonly release: { readonly at: string; readonly timeZone: Zone } | null;
}

export interface Channel {
  readonly code: string;
  readonly timeZone: Zone;
  readonly acceptance: 'strict' | 'accept_always';
  readonly shipping: 'partial' | 'complete';
  readonly whenIncomplete: 'hold' | 'give_back';
  readonly warehouses: readonly string[];
  readonly enabled: boolean;
}

export interface Warehouse {
  readonly code: string;
  readonly country: string | null;
  readonly managed: boolean;
  readonly enabled: boolean;
}

export interface Product {
  readonly sku: string;
  readonly policy: Policy;
}

export interface Supplier {
  readonly code: string;
  /** How much more than was ordered may be counted in. */
  readonly overReceiptPercent: number;
}

export interface SupplyLine {
  readonly sku: string;
  readonly warehouse: string;
  readonly units: number;
  /** A day at the warehouse. */
  readonly expectedOn: string;
}

export interface OrderRequest {
  readonly channel: string;
  readonly number: string;
  readonly customer: string | null;
  /** Says which sourcing rule applies. */
  readonly group: Group | null;
  /** Milliseconds since 1970; null: now. */
  readonly placedAt: number | null;
  readonly priority: number;
  readonly hold: boolean;
  readonly shipping: 'partial' | 'complete' | null;
  readonly whenIncomplete: 'hold' | 'give_back' | null;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface LineUnits {
  readonly line: number;
  readonly units: number;
}

export type StockKind = 'receive' | 'return' | 'adjust' | 'count' | 'damage';

/** What happens to incoming supply. A purchase order is sent as soon as it is made. */
export type SupplyAct =
  | { readonly act: 'putSupplier'; readonly supplier: Supplier }
  | {
      readonly act: 'orderSupply';
      readonly supplier: string;
      readonly purchaseOrder: string;
      readonly lines: readonly SupplyLine[];
    }
  | {
      readonly act: 'quoteExpectedDate';
      readonly purchaseOrder: string;
      readonly line: number;
      readonly expectedOn: string;
    }
  | {
      readonly act: 'receivePurchaseOrder';
      readonly reference: string;
      readonly purchaseOrder: string;
      readonly warehouse: string;
      readonly lines: readonly LineUnits[];
    }
  | {
      /** units null: all that is open; lines null: of every line. */
      readonly act: 'closePurchaseOrder';
      readonly purchaseOrder: string;
      readonly lines: readonly { readonly line: number; readonly units: number | null }[] | null;
    }
  | { readonly act: 'cancelPurchaseOrder'; readonly purchaseOrder: string };

/**
 * Orders and purchase orders are named by their numbers, which are unique in a sequence. What is sent under a key has one
 * effect and one answer, whatever else was sent under it.
 */
export type Act = NamedAct & { readonly key?: string };

type NamedAct =
  | { readonly act: 'putSalesChannel'; readonly channel: Channel }
  | { readonly act: 'putWarehouse'; readonly warehouse: Warehouse }
  | { readonly act: 'putProduct'; readonly product: Product }
  | {
      readonly act: 'putChannelPolicy';
      readonly sku: string;
      readonly channel: string;
      readonly policy: Policy;
    }
  | { readonly act: 'deleteChannelPolicy'; readonly sku: string; readonly channel: string }
  | { readonly act: 'placeOrder'; readonly order: OrderRequest }
  | {
      readonly act: 'changeOrder';
      readonly order: string;
      readonly items: readonly { readonly line: number; readonly quantity: number }[];
    }
  /** items null: all that can be cancelled. */
  | { readonly act: 'cancelOrder'; readonly order: string; readonly items: readonly LineUnits[] | null }
  | { readonly act: 'holdOrder'; readonly order: string; readonly giveBack: boolean }
  | { readonly act: 'liftHold'; readonly order: string }
  | { readonly act: 'prioritizeOrder'; readonly order: string; readonly priority: number }
  | {
      /** units: the difference for adjust, what was counted for count, else units in or out. */
      readonly act: 'changeStock';
      readonly kind: StockKind;
      readonly reference: string;
      readonly warehouse: string;
      readonly lines: readonly { readonly sku: string; readonly units: number }[];
    }
  | {
      readonly act: 'transferStock';
      readonly reference: string;
      readonly from: string;
      readonly to: string;
      readonly lines: readonly { readonly sku: string; readonly units: number }[];
    }
  | {
      readonly act: 'pickItems';
      readonly order: string;
      readonly warehouse: string;
      readonly items: readonly LineUnits[];
    }
  | {
      readonly act: 'shortPick';
      readonly order: string;
      readonly warehouse: string;
      readonly items: readonly LineUnits[];
    }
  | {
      readonly act: 'rejectAllocation';
      readonly order: string;
      readonly warehouse: string;
      readonly lines: readonly number[];
    }
  | {
      readonly act: 'shipItems';
      readonly reference: string;
      readonly order: string;
      readonly warehouse: string;
      readonly items: readonly LineUnits[];
    }
  | SupplyAct
  | { readonly act: 'advanceClock'; readonly hours: number };

/** A product that made an order refused: units wanted, and how many of those that stock lacks may wait. */
export interface FailingItem {
  readonly sku: string;
  readonly wanted: number;
  readonly mayWait: number;
}

/** repeated: the same request was accepted before, and sending it again changed nothing. */
export type ActOutcome =
  | { readonly accepted: true; readonly repeated: boolean }
  | { readonly accepted: false; readonly code: string; readonly failing?: readonly FailingItem[] };

export const ACCEPTED: ActOutcome = { accepted: true, repeated: false };
export const ACCEPTED_BEFORE: ActOutcome = { accepted: true, repeated: true };

export function refusedWith(code: string): ActOutcome {
  return { accepted: false, code };
}

export interface Buckets {
  ordered: number;
  pending: number;
  allocated: number;
  backordered: number;
  preordered: number;
  unfillable: number;
  shipped: number;
  cancelled: number;
}

export interface AllocationView {
  readonly warehouse: string;
  readonly open: number;
  readonly picked: number;
  readonly shipped: number;
  readonly rejected: boolean;
}

/** Waiting units with the day they are promised for; null: not known. */
export interface PromisedUnits {
  readonly units: number;
  readonly on: string | null;
  readonly source: string;
  readonly purchaseOrder: string | null;
  readonly line: number | null;
}

export interface PurchaseOrderView {
  readonly number: string;
  readonly status: string;
  readonly lines: readonly {
    readonly line: number;
    readonly sku: string;
    readonly warehouse: string;
    readonly ordered: number;
    readonly received: number;
    readonly closed: number;
    readonly open: number;
    readonly expectedOn: string | null;
  }[];
}

/** Everything two worlds must agree on; lists are sorted, rows that say nothing are left out. */
export interface WorldView {
  readonly orders: readonly {
    readonly number: string;
    readonly onHold: boolean;
    readonly priority: number;
    readonly items: readonly {
      readonly line: number;
      readonly sku: string;
      readonly kind: Kind;
      readonly buckets: Buckets;
      readonly allocations: readonly AllocationView[];
      /** Of the units that wait, the earliest first. */
      readonly promise: readonly PromisedUnits[];
    }[];
  }[];
  readonly purchaseOrders: readonly PurchaseOrderView[];
  readonly levels: readonly {
    readonly sku: string;
    readonly warehouse: string;
    readonly onHand: number;
    readonly allocated: number;
  }[];
  readonly waiting: readonly {
    readonly sku: string;
    readonly backordered: number;
    readonly preordered: number;
    readonly unfillable: number;
  }[];
}

/** A world without I/O: it performs an act and shows what came of it. */
export interface World {
  perform(act: Act): ActOutcome;
  view(): WorldView;
}
