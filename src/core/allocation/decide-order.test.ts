/**
 * What becomes of an order, by example: what stock serves is allocated, the rest waits where the policy allows it, and else
 * the order is refused, or taken in as unfillable by a channel that takes every order. 4 lamps are there.
 */
import { describe, expect, it } from 'vitest';
import {
  CHAIR,
  type Example,
  example,
  LAMP,
  mayNotWait,
  mayWait,
  NOW,
  wish,
} from '../../../test/support/example-world.ts';
import { quantity } from '../kernel/quantity.ts';
import { instant } from '../kernel/time.ts';
import { type Decision, decideOrder, type OrderDemand } from './decide-order.ts';
import type { Wish } from './source-units.ts';

const STOCK = { near: { lamps: 4, chairs: 1 } };

function decide(shop: Example, demands: readonly Wish[], how: Partial<OrderDemand> = {}): Decision {
  const order: OrderDemand = {
    channel: shop.channel,
    customer: null,
    attributes: shop.order,
    demands,
    whole: false,
    lacksOthers: false,
    insist: false,
    onHold: false,
    waitingAlready: () => 0,
    ...how,
  };
  return decideOrder(order, shop.world);
}

/** The buckets of each line that are not empty; what fails and why, when it is refused. */
function outcome(decision: Decision) {
  if (!decision.accepted) return decision.failing;
  return decision.lines.map(({ change }) =>
    Object.fromEntries(
      Object.entries(change).filter(([bucket, units]) => bucket !== 'ordered' && units !== 0),
    ),
  );
}

describe('an order', () => {
  it('gets what is there, and the rest waits', () => {
    const shop = example(STOCK);
    expect(outcome(decide(shop, [wish(10)]))).toEqual([{ allocated: 4, backordered: 6 }]);
    expect(shop.free(LAMP)).toEqual({ near: 0 });
  });

  it('waits as a pre-order before the release, and may get stock before it', () => {
    const shop = example(STOCK, { policy: mayWait({}, instant(NOW + 1)) });
    expect(outcome(decide(shop, [wish(10)]))).toEqual([{ allocated: 4, preordered: 6 }]);
  });

  it('needs no permission for what stock serves', () => {
    const shop = example(STOCK, { policy: mayNotWait() });
    expect(outcome(decide(shop, [wish(4)]))).toEqual([{ allocated: 4 }]);
  });

  it('that is refused takes nothing: all of it stays for the next one', () => {
    const shop = example(STOCK, { policy: mayNotWait() });
    expect(outcome(decide(shop, [wish(5)]))).toEqual([
      { product: LAMP, bar: 'backorder_not_allowed', wanted: 5, available: 4, mayWait: 0 },
    ]);
    expect(shop.free(LAMP)).toEqual({ near: 4 });
    expect(outcome(decide(shop, [wish(4)]))).toEqual([{ allocated: 4 }]);
  });

  it('is refused as a whole when one product fails', () => {
    const shop = example(STOCK, { policy: mayNotWait() });
    expect(outcome(decide(shop, [wish(4, LAMP, 1), wish(2, CHAIR, 2)]))).toMatchObject([{ product: CHAIR }]);
    expect(shop.free(LAMP)).toEqual({ near: 4 });
  });
});

describe('a limit', () => {
  const six = { policy: mayWait({ perProduct: quantity(6) }) };

  it('counts what earlier orders of the same batch wait for', () => {
    const shop = example(STOCK, six);
    expect(outcome(decide(shop, [wish(10)]))).toEqual([{ allocated: 4, backordered: 6 }]);
    expect(outcome(decide(shop, [wish(1)]))).toMatchObject([{ bar: 'limit_per_product', mayWait: 0 }]);
  });

  it('counts the lines of one product as a sum', () => {
    const shop = example(STOCK, six);
    expect(outcome(decide(shop, [wish(7, LAMP, 1), wish(4, LAMP, 2)]))).toMatchObject([
      { bar: 'limit_per_product', wanted: 11, available: 4, mayWait: 6 },
    ]);
    expect(outcome(decide(shop, [wish(6, LAMP, 1), wish(4, LAMP, 2)]))).toEqual([
      { allocated: 4, backordered: 2 },
      { backordered: 4 },
    ]);
  });

  it('leaves the rest unfillable on a channel that takes every order; earlier lines wait first', () => {
    const shop = example(STOCK, six);
    const decision = decide(shop, [wish(9, LAMP, 1), wish(3, LAMP, 2)], { insist: true });
    expect(outcome(decision)).toEqual([
      { allocated: 4, backordered: 5 },
      { backordered: 1, unfillable: 2 },
    ]);
  });
});

describe('an order that is served as a whole', () => {
  it('gets everything at once when everything is there', () => {
    const shop = example(STOCK);
    expect(outcome(decide(shop, [wish(4, LAMP, 1), wish(1, CHAIR, 2)], { whole: true }))).toEqual([
      { allocated: 4 },
      { allocated: 1 },
    ]);
  });

  it('gets nothing while one unit is missing, and leaves the rest to others', () => {
    const shop = example(STOCK);
    expect(outcome(decide(shop, [wish(4, LAMP, 1), wish(2, CHAIR, 2)], { whole: true }))).toEqual([
      { backordered: 4 },
      { backordered: 2 },
    ]);
    expect(shop.free(LAMP)).toEqual({ near: 4 });
  });

  it('that is refused is told what stock could have served, not nothing', () => {
    const shop = example(STOCK, { policy: mayNotWait() });
    expect(outcome(decide(shop, [wish(5)], { whole: true }))).toMatchObject([{ wanted: 5, available: 4 }]);
  });
});

describe('an order on hold', () => {
  it('is judged like any other, but takes neither stock nor a place under a limit', () => {
    const shop = example(STOCK, { policy: mayWait({ perProduct: quantity(6) }) });
    expect(outcome(decide(shop, [wish(10)], { onHold: true }))).toEqual([{ pending: 10 }]);
    expect(outcome(decide(shop, [wish(11)], { onHold: true }))).toMatchObject([{ bar: 'limit_per_product' }]);
    expect(outcome(decide(shop, [wish(10)]))).toEqual([{ allocated: 4, backordered: 6 }]);
  });
});

describe('a rule that waits for a better warehouse', () => {
  const patient = {
    strategies: [
      { kind: 'priority_list', warehouses: ['best'] },
      { kind: 'wait_for_better', days: 3 },
    ],
  } as const;
  const stock = { other: { lamps: 10 }, best: {} };

  it('lets units wait although another warehouse has them', () => {
    expect(outcome(decide(example(stock, { rule: patient }), [wish(3)]))).toEqual([{ backordered: 3 }]);
  });

  it('does not cost an order: what may not wait is served by the warehouse that has it', () => {
    const shop = example(stock, { rule: patient, policy: mayNotWait() });
    expect(outcome(decide(shop, [wish(3)]))).toEqual([{ allocated: 3 }]);
    expect(shop.free(LAMP)).toEqual({ other: 7, best: 0 });
  });
});
