/**
 * Sequences of commands for fast-check: mixtures of everything, crowds that want one product, and orders that are served
 * as a whole and share their products.
 */
import fc from 'fast-check';
import type { Command, RawLimits, RawOrder, Sequence } from './commands.ts';
import {
  changed,
  channelSettings,
  clock,
  limits,
  onAllocation,
  onSupply,
  order,
  orderCommands,
  priority,
  repeat,
  settingCommands,
  stock,
  stockCommands,
  supplyCommands,
  supplyLines,
  warehouse,
  which,
} from './drawn-commands.ts';
import { GROUPS, type Group } from './small-rules.ts';

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
