/**
 * Commands on a small world: few products, small quantities and tight limits, so that
 * customers get into each other's way all the time. A command is plain data with numbers for "which one"; what it
 * means is worked out when its turn comes (command-acts.ts), so that a shortened sequence still makes sense.
 */
import type { StockKind } from './plain-acts.ts';
import type { Group } from './small-rules.ts';

export interface RawLimits {
  readonly perOrder: number | null;
  readonly perCustomer: number | null;
  readonly perChannel: number | null;
  readonly perProduct: number | null;
}
export interface RawPolicy {
  readonly backorder: boolean;
  readonly backorderLimits: RawLimits;
  /** Index of a day in the calendar. */
  readonly until: number | null;
  readonly preorder: boolean;
  readonly preorderLimits: RawLimits;
  readonly release: { readonly at: number; readonly zone: number } | null;
}
interface RawUnits {
  readonly which: number;
  readonly units: number;
}
export interface RawOrder {
  readonly channel: number;
  readonly customer: number;
  readonly group: Group | null;
  /** Days before the start; -1 stands for a time in the future. */
  readonly age: number | null;
  readonly priority: number;
  readonly hold: boolean;
  readonly shipping: 'partial' | 'complete' | null;
  readonly whenIncomplete: 'hold' | 'give_back' | null;
  readonly items: readonly { readonly product: number; readonly quantity: number }[];
}
export interface RawChannel {
  readonly channel: number;
  readonly warehouses: readonly number[];
  readonly external: boolean;
  readonly strict: boolean;
  readonly complete: boolean;
  readonly giveBack: boolean;
  readonly enabled: boolean;
}

/** What happens to incoming supply. */
export type SupplyCommand =
  | {
      readonly do: 'orderSupply';
      /** What somebody waits for, where it would reach them, instead of any product and warehouse. */
      readonly wanted: boolean;
      readonly lines: readonly {
        readonly which: number;
        readonly product: number;
        readonly warehouse: number;
        readonly units: number;
        /** Days from today, negative in the past. */
        readonly days: number;
      }[];
    }
  | {
      readonly do: 'expect' | 'arrive' | 'close' | 'cancelSupply';
      readonly which: number;
      /** Of orders that are over as well. */
      readonly any: boolean;
      readonly days: number;
      readonly units: number;
      readonly share: 'part' | 'all' | 'over';
      /** Every line of the order that arrives in that warehouse, or every line. */
      readonly wide: boolean;
      /** In another warehouse than was said. */
      readonly elsewhere: boolean;
    };

export type Command =
  | SupplyCommand
  | { readonly do: 'place'; readonly order: RawOrder }
  | {
      readonly do: 'again';
      readonly which: number;
      readonly altered: boolean;
      /** Under the key of the earlier one; else under one of its own. */
      readonly sameKey: boolean;
    }
  | { readonly do: 'change'; readonly which: number; readonly items: readonly RawUnits[] }
  | { readonly do: 'cancel'; readonly which: number; readonly items: readonly RawUnits[] | null }
  | { readonly do: 'hold'; readonly which: number; readonly giveBack: boolean }
  | { readonly do: 'lift'; readonly which: number; readonly any: boolean }
  | { readonly do: 'prioritize'; readonly which: number; readonly priority: number }
  | {
      readonly do: 'stock';
      readonly kind: StockKind;
      readonly warehouse: number;
      readonly lines: readonly { readonly product: number; readonly units: number }[];
    }
  | {
      readonly do: 'transfer';
      readonly from: number;
      readonly to: number;
      readonly product: number;
      readonly units: number;
    }
  | {
      readonly do: 'pick' | 'short' | 'ship' | 'reject';
      readonly which: number;
      readonly units: number;
      /** Never more than there is. */
      readonly fitting: boolean;
      /** Every line of the order in that warehouse. */
      readonly wide: boolean;
    }
  | { readonly do: 'policy'; readonly product: number; readonly policy: RawPolicy }
  | {
      readonly do: 'channelPolicy';
      readonly product: number;
      readonly channel: number;
      readonly policy: RawPolicy | null;
    }
  | { readonly do: 'channel'; readonly channel: RawChannel }
  | { readonly do: 'warehouse'; readonly warehouse: number; readonly enabled: boolean }
  | { readonly do: 'clock'; readonly hours: number };

export interface Sequence {
  /** Whether sourcing rules are in force. */
  readonly rules: boolean;
  /** Whether the third channel also has an external warehouse that always delivers. */
  readonly external: boolean;
  /** Units at the start: one row per product, one number per warehouse. */
  readonly stock: readonly (readonly number[])[];
  readonly limits: readonly [RawLimits, RawLimits, RawLimits];
  /** Index of the last day on which the second product may be backordered. */
  readonly until: number | null;
  readonly commands: readonly Command[];
}
