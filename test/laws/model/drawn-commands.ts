/** Commands drawn at random, for fast-check: what may happen by itself. Sequences of them are put together in sequences.ts. */
import fc from 'fast-check';
import type { Command, RawChannel, RawOrder, RawPolicy } from './commands.ts';
import type { StockKind } from './plain-acts.ts';

export const which = fc.nat(999);
const product = fc.constantFrom(1, 2, 0);
const channel = fc.nat(2);
/** 3 is the external one. */
export const warehouse = fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 2, 2, 3);
const few = fc.integer({ min: 1, max: 8 });
const limit = fc.option(fc.nat(6), { nil: null, freq: 2 });
export const limits = fc.record({
  perOrder: limit,
  perCustomer: limit,
  perChannel: limit,
  perProduct: limit,
});
const mostly = fc.constantFrom(true, true, true, true, true, false);
const seldom = fc.constantFrom(false, false, false, false, false, true);
export const priority = fc.constantFrom(0, 0, 0, 1, -1);

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

export const order: fc.Arbitrary<RawOrder> = fc.record({
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

export function stock(kind: StockKind, units: fc.Arbitrary<number>): fc.Arbitrary<Command> {
  const lines = fc.uniqueArray(fc.record({ product, units }), {
    minLength: 1,
    maxLength: 2,
    selector: (each) => each.product,
  });
  return fc.record({ do: fc.constant('stock' as const), kind: fc.constant(kind), warehouse, lines });
}

export function onAllocation(name: 'pick' | 'short' | 'ship' | 'reject'): fc.Arbitrary<Command> {
  return fc.record({ do: fc.constant(name), which, units: few, fitting: mostly, wide: fc.boolean() });
}

export const changed = fc.array(fc.record({ which, units: fc.integer({ min: -4, max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
});
const cancelled = fc.array(fc.record({ which, units: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 2,
});

export const channelSettings: fc.Arbitrary<RawChannel> = fc.record({
  channel,
  warehouses: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
  external: fc.boolean(),
  strict: fc.boolean(),
  complete: seldom,
  giveBack: fc.boolean(),
  enabled: mostly,
});

export const orderCommands: fc.WeightedArbitrary<Command>[] = [
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
export const stockCommands: fc.WeightedArbitrary<Command>[] = [
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
export const supplyLines = fc.array(
  fc.record({ which, product, warehouse, units: fc.integer({ min: 1, max: 12 }), days }),
  { minLength: 1, maxLength: 2 },
);

export function onSupply(name: 'expect' | 'arrive' | 'close' | 'cancelSupply'): fc.Arbitrary<Command> {
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

export const supplyCommands: fc.WeightedArbitrary<Command>[] = [
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('orderSupply' as const), wanted: mostly, lines: supplyLines }),
  },
  { weight: 3, arbitrary: onSupply('expect') },
  { weight: 5, arbitrary: onSupply('arrive') },
  { weight: 2, arbitrary: onSupply('close') },
  { weight: 1, arbitrary: onSupply('cancelSupply') },
];
export const settingCommands: fc.WeightedArbitrary<Command>[] = [
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
export const repeat: fc.WeightedArbitrary<Command> = {
  weight: 2,
  arbitrary: fc.record({
    do: fc.constant('again' as const),
    which,
    altered: fc.boolean(),
    sameKey: fc.boolean(),
  }),
};
export const clock: fc.WeightedArbitrary<Command> = {
  weight: 2,
  arbitrary: fc.record({ do: fc.constant('clock' as const), hours: fc.integer({ min: 1, max: 30 }) }),
};
