/**
 * Sequences of commands on a small world, for fast-check: few products, small quantities and tight limits, so that
 * customers get into each other's way all the time. A command is plain data with numbers for "which one"; what it
 * means is worked out when its turn comes (command-acts.ts), so that a shortened sequence still makes sense.
 */
import fc from 'fast-check';
import type { StockKind } from './plain-acts.ts';
import { GROUPS, type Group } from './small-rules.ts';

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

const which = fc.nat(999);
const product = fc.constantFrom(1, 2, 0);
const channel = fc.nat(2);
/** 3 is the external one. */
const warehouse = fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 2, 2, 3);
const few = fc.integer({ min: 1, max: 8 });
const limit = fc.option(fc.nat(6), { nil: null, freq: 2 });
const limits = fc.record({ perOrder: limit, perCustomer: limit, perChannel: limit, perProduct: limit });
const mostly = fc.constantFrom(true, true, true, true, true, false);
const seldom = fc.constantFrom(false, false, false, false, false, true);
const priority = fc.constantFrom(0, 0, 0, 1, -1);

const policy: fc.Arbitrary<RawPolicy> = fc.record({
  backorder: fc.boolean(),
  backorderLimits: limits,
  until: fc.option(fc.nat(3), { nil: null, freq: 2 }),
  preorder: fc.boolean(),
  preorderLimits: limits,
  release: fc.option(fc.record({ at: fc.nat(4), zone: fc.nat(2) }), { nil: null, freq: 2 }),
});

const quantity = few;
const anyItems = fc.array(fc.record({ product, quantity }), { minLength: 1, maxLength: 4 });
/** Several lines with one product: they are judged as a sum and served apart. */
const sameItems = fc
  .tuple(product, fc.array(quantity, { minLength: 2, maxLength: 3 }))
  .map(([each, quantities]) => quantities.map((units) => ({ product: each, quantity: units })));

const order: fc.Arbitrary<RawOrder> = fc.record({
  channel,
  customer: fc.nat(3),
  group: fc.constant(null),
  age: fc.option(fc.integer({ min: -1, max: 3 }), { nil: null, freq: 2 }),
  priority,
  hold: seldom,
  shipping: fc.constantFrom(null, null, 'partial', 'complete', 'complete'),
  whenIncomplete: fc.constantFrom(null, null, 'hold', 'give_back', 'give_back'),
  items: fc.oneof({ weight: 2, arbitrary: anyItems }, { weight: 1, arbitrary: sameItems }),
});

function stock(kind: StockKind, units: fc.Arbitrary<number>): fc.Arbitrary<Command> {
  const lines = fc.uniqueArray(fc.record({ product, units }), {
    minLength: 1,
    maxLength: 2,
    selector: (each) => each.product,
  });
  return fc.record({ do: fc.constant('stock' as const), kind: fc.constant(kind), warehouse, lines });
}

function onAllocation(name: 'pick' | 'short' | 'ship' | 'reject'): fc.Arbitrary<Command> {
  return fc.record({ do: fc.constant(name), which, units: few, fitting: mostly, wide: fc.boolean() });
}

const changed = fc.array(fc.record({ which, units: fc.integer({ min: -4, max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
});
const cancelled = fc.array(fc.record({ which, units: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 2,
});

const channelSettings: fc.Arbitrary<RawChannel> = fc.record({
  channel,
  warehouses: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
  external: fc.boolean(),
  strict: fc.boolean(),
  complete: seldom,
  giveBack: fc.boolean(),
  enabled: mostly,
});

const orderCommands: fc.WeightedArbitrary<Command>[] = [
  { weight: 12, arbitrary: fc.record({ do: fc.constant('place' as const), order }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), which, items: changed }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      which,
      items: fc.option(cancelled, { nil: null }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold' as const), which, giveBack: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lift' as const), which, any: seldom }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('prioritize' as const), which, priority }) },
  { weight: 3, arbitrary: onAllocation('pick') },
  { weight: 3, arbitrary: onAllocation('short') },
  { weight: 4, arbitrary: onAllocation('ship') },
  { weight: 3, arbitrary: onAllocation('reject') },
];
const stockCommands: fc.WeightedArbitrary<Command>[] = [
  { weight: 7, arbitrary: stock('receive', few) },
  { weight: 1, arbitrary: stock('return', few) },
  { weight: 2, arbitrary: stock('adjust', fc.constantFrom(-1, 1, -2, 2, -3, 3, -6, 6)) },
  { weight: 3, arbitrary: stock('count', fc.nat(8)) },
  { weight: 2, arbitrary: stock('damage', few) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      from: warehouse,
      to: warehouse,
      product,
      units: few,
    }),
  },
];
const days = fc.integer({ min: -2, max: 9 });
const supplyLines = fc.array(
  fc.record({ which, product, warehouse, units: fc.integer({ min: 1, max: 12 }), days }),
  { minLength: 1, maxLength: 2 },
);

function onSupply(name: 'expect' | 'arrive' | 'close' | 'cancelSupply'): fc.Arbitrary<Command> {
  return fc.record({
    do: fc.constant(name),
    which,
    any: seldom,
    days,
    units: few,
    share: fc.constantFrom('part' as const, 'part' as const, 'all' as const, 'over' as const),
    wide: fc.boolean(),
    elsewhere: seldom,
  });
}

const supplyCommands: fc.WeightedArbitrary<Command>[] = [
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('orderSupply' as const), wanted: mostly, lines: supplyLines }),
  },
  { weight: 3, arbitrary: onSupply('expect') },
  { weight: 5, arbitrary: onSupply('arrive') },
  { weight: 2, arbitrary: onSupply('close') },
  { weight: 1, arbitrary: onSupply('cancelSupply') },
];
const settingCommands: fc.WeightedArbitrary<Command>[] = [
  { weight: 2, arbitrary: fc.record({ do: fc.constant('policy' as const), product, policy }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('channelPolicy' as const),
      product,
      channel,
      policy: fc.option(policy, { nil: null }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('channel' as const), channel: channelSettings }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('warehouse' as const), warehouse, enabled: mostly }) },
];
const repeat: fc.WeightedArbitrary<Command> = {
  weight: 2,
  arbitrary: fc.record({
    do: fc.constant('again' as const),
    which,
    altered: fc.boolean(),
    sameKey: fc.boolean(),
  }),
};
const clock: fc.WeightedArbitrary<Command> = {
  weight: 2,
  arbitrary: fc.record({ do: fc.constant('clock' as const), hours: fc.integer({ min: 1, max: 30 }) }),
};

/** The product that everybody wants in a crowd: it has no release. */
const WANTED = 1;
/** Few enough units for many to wait at once. */
const FEW_WANTED = 4;

function wantedOrder(raw: RawOrder): Command {
  const items = raw.items
    .slice(0, 2)
    .map(({ quantity: units }) => ({ product: WANTED, quantity: Math.min(units, FEW_WANTED) }));
  return { do: 'place', order: { ...raw, hold: false, items } };
}

/** Many channels queue for one product that comes to many warehouses: who is ahead of whom matters most here. */
const crowdCommands: fc.WeightedArbitrary<Command>[] = [
  { weight: 14, arbitrary: order.map(wantedOrder) },
  {
    weight: 9,
    arbitrary: supplyLines.map((lines) => ({
      do: 'orderSupply' as const,
      wanted: false,
      lines: lines.map((line) => ({ ...line, product: WANTED })),
    })),
  },
  { weight: 4, arbitrary: onSupply('expect') },
  { weight: 2, arbitrary: onSupply('arrive') },
  { weight: 1, arbitrary: onSupply('close') },
  { weight: 1, arbitrary: onSupply('cancelSupply') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('prioritize' as const), which, priority }) },
  { weight: 2, arbitrary: onAllocation('reject') },
  { weight: 1, arbitrary: stock('count', fc.nat(2)) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('channel' as const), channel: channelSettings }) },
];

const NONE: RawLimits = { perOrder: null, perCustomer: null, perChannel: null, perProduct: null };
/** Shorter ones are no crowd. */
const LEAST_CROWD = 10;

const EMPTY = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

function crowds({ maximum, ...options }: SequenceOptions): fc.Arbitrary<Sequence> {
  const command = fc.oneof(...crowdCommands, ...(options.clock ? [clock] : []));
  return fc.record({
    rules: fc.constant(false),
    external: fc.boolean(),
    stock: fc.constant(EMPTY),
    limits: fc.constant([NONE, NONE, NONE] as const),
    until: fc.constant(null),
    commands: fc.array(command, { minLength: LEAST_CROWD, maxLength: maximum, size: 'max' }),
  });
}

export interface SequenceOptions {
  readonly maximum: number;
  /** Whether time passes, which a server on the database's clock cannot be told to do. */
  readonly clock: boolean;
  /** Whether requests are sent twice, which is nothing the rules alone know of. */
  readonly repeats: boolean;
  /** Whether sourcing rules are in force. */
  readonly rules: boolean;
}

/** Sequences of up to `maximum` commands; every sixth is a crowd, every sixth is of orders that are served as a whole. */
export function sequences(options: SequenceOptions): fc.Arbitrary<Sequence> {
  const kinds = fc.oneof(
    { weight: 4, arbitrary: mixtures(options) },
    { weight: 1, arbitrary: crowds(options) },
    { weight: 1, arbitrary: wholes(options) },
  );
  return options.rules ? fc.tuple(kinds, groups).map(withRules) : kinds;
}

/** Groups of the orders of a sequence, one after the other and from the first again. */
const groups = fc.array(fc.constantFrom(null, ...GROUPS), { minLength: 1, maxLength: 6 });

function withRules([sequence, chosen]: [Sequence, (Group | null)[]]): Sequence {
  const commands = sequence.commands.map((command, index): Command => {
    if (command.do !== 'place') return command;
    return { ...command, order: { ...command.order, group: chosen[index % chosen.length] ?? null } };
  });
  return { ...sequence, rules: true, commands };
}

/** One unit or two of each, so that several can be served by one receipt. */
const wholeItems = fc
  .tuple(
    fc.shuffledSubarray([0, 1, 2], { minLength: 2 }),
    fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([products, quantities]) =>
    products.map((each, index) => ({ product: each, quantity: quantities[index] ?? 1 })),
  );

const wholeOrder = fc.tuple(order, wholeItems).map(([raw, items]) => ({
  ...raw,
  hold: false,
  shipping: 'complete' as const,
  whenIncomplete: 'give_back' as const,
  items,
}));

/** Several products at once: one page of a fill then has several queues. */
const wideReceipt = fc
  .tuple(warehouse, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }))
  .filter(([, units]) => units.some((each) => each > 0))
  .map(([place, units]) => ({
    do: 'stock' as const,
    kind: 'receive' as const,
    warehouse: place,
    lines: units.flatMap((each, index) => (each === 0 ? [] : [{ product: index, units: each }])),
  }));

/**
 * Orders that are served as a whole and share their products wait for each other's stock: each fill looks at several
 * queues, reads them in pieces, and what it serves of one is gone from the others.
 */
function wholes({ maximum, ...options }: SequenceOptions): fc.Arbitrary<Sequence> {
  const anyone = {
    backorder: true,
    backorderLimits: NONE,
    until: null,
    preorder: false,
    preorderLimits: NONE,
    release: null,
  };
  const opening = [0, 1, 2].map((each): Command => ({ do: 'policy', product: each, policy: anyone }));
  const command = fc.oneof(
    { weight: 10, arbitrary: fc.record({ do: fc.constant('place' as const), order: wholeOrder }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('place' as const), order }) },
    { weight: 6, arbitrary: wideReceipt },
    { weight: 1, arbitrary: stock('count', fc.nat(2)) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('cancel' as const), which, items: fc.constant(null) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), which, items: changed }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('prioritize' as const), which, priority }) },
    { weight: 1, arbitrary: onAllocation('ship') },
    { weight: 1, arbitrary: onAllocation('reject') },
    ...(options.repeats ? [repeat] : []),
  );
  return fc.record({
    rules: fc.constant(false),
    external: fc.constant(false),
    stock: fc.constant(EMPTY),
    limits: fc.constant([NONE, NONE, NONE] as const),
    until: fc.constant(null),
    commands: fc
      .array(command, { minLength: LEAST_CROWD, maxLength: maximum, size: 'max' })
      .map((commands) => [...opening, ...commands]),
  });
}

function mixtures({ maximum, ...options }: SequenceOptions): fc.Arbitrary<Sequence> {
  const command = fc.oneof(
    ...orderCommands,
    ...stockCommands,
    ...supplyCommands,
    ...settingCommands,
    ...(options.repeats ? [repeat] : []),
    ...(options.clock ? [clock] : []),
  );
  return fc.record({
    rules: fc.constant(false),
    external: fc.boolean(),
    stock: fc.array(fc.array(fc.nat(6), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    limits: fc.tuple(limits, limits, limits),
    until: fc.option(fc.nat(3), { nil: null, freq: 2 }),
    commands: fc.array(command, { minLength: 1, maxLength: maximum, size: 'max' }),
  });
}
