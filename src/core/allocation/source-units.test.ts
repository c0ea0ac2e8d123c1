/**
 * Which warehouses give the units of an order, by example: without rules in the channel's order of preference, with rules
 * as they say. What is given is taken from what is free, and the explanation keeps who was asked.
 */
import { describe, expect, it } from 'vitest';
import { CHAIR, type Example, example, LAMP, wish } from '../../../test/support/example-world.ts';
import { NO_LIMITS } from '../sourcing/rule.ts';
import { type Sourced, sourceUnits, type Wish } from './source-units.ts';

function source({ channel, order, world }: Example, ...wishes: readonly Wish[]): Sourced[] {
  return sourceUnits({ channel, attributes: order, mayWait: false }, wishes, world);
}

/** Units given by warehouse, and what is short. */
function given(shop: Example, { filling }: Sourced): Record<string, number> {
  const codes = new Map([...shop.world.warehouses.values()].map(({ id, code }) => [id, code]));
  const fills = filling.fills.map(({ warehouse, units }) => [codes.get(warehouse) ?? '', units]);
  return { ...Object.fromEntries(fills), short: filling.short };
}

function results(shop: Example, ...wishes: readonly Wish[]): Record<string, number>[] {
  return source(shop, ...wishes).map((sourced) => given(shop, sourced));
}

describe('without rules', () => {
  it('the preferred warehouse serves when it has all', () => {
    const shop = example({ near: { lamps: 10 }, far: { lamps: 10 } });
    expect(results(shop, wish(10))).toEqual([{ near: 10, short: 0 }]);
    expect(shop.free(LAMP)).toEqual({ near: 0, far: 10 });
  });

  it('the next one gives what the preferred one does not have, and no more', () => {
    const shop = example({ near: { lamps: 4 }, far: { lamps: 20 } });
    expect(results(shop, wish(10))).toEqual([{ near: 4, far: 6, short: 0 }]);
    expect(shop.free(LAMP)).toEqual({ near: 0, far: 14 });
  });

  it('what nobody has is short', () => {
    expect(results(example({ near: { lamps: 4 }, far: {} }), wish(10))).toEqual([{ near: 4, short: 6 }]);
  });

  it('two lines with one product do not get the same units', () => {
    const shop = example({ near: { lamps: 5 } });
    expect(results(shop, wish(4, LAMP, 1), wish(4, LAMP, 2))).toEqual([
      { near: 4, short: 0 },
      { near: 1, short: 3 },
    ]);
  });

  it('a warehouse that rejected the item is not asked again', () => {
    const shop = example({ near: { lamps: 10 }, far: { lamps: 3 } });
    const rejected = { ...wish(5), rejectedBy: [shop.warehouse('near').id] };
    expect(results(shop, rejected)).toEqual([{ far: 3, short: 2 }]);
  });

  it('a supplier whose stock is not managed gives whatever is wanted', () => {
    const shop = example({ near: { lamps: 1 }, supplier: 'unlimited' });
    expect(results(shop, wish(1_000))).toEqual([{ near: 1, supplier: 999, short: 0 }]);
    expect(shop.free(LAMP)).toEqual({ near: 0, supplier: 'unlimited' });
  });

  it('the explanation says who was asked, what each had and gave; who was not needed was not asked', () => {
    const shop = example({ empty: {}, near: { lamps: 4 }, far: { lamps: 20 }, last: { lamps: 9 } });
    expect(source(shop, wish(10))[0]?.explanation).toEqual({
      asked: [
        { warehouse: 'empty', had: 0, gave: 0 },
        { warehouse: 'near', had: 4, gave: 4 },
        { warehouse: 'far', had: 20, gave: 6 },
      ],
    });
  });
});

describe('with rules', () => {
  const fewest = { strategies: [{ kind: 'fewest_shipments' }] } as const;

  it('one shipment from further away can be better than two', () => {
    const shop = example({ near: { lamps: 4 }, far: { lamps: 20 } }, { rule: fewest });
    expect(results(shop, wish(10))).toEqual([{ far: 10, short: 0 }]);
  });

  it('all lines of an order are chosen for together', () => {
    const shop = example(
      { lampsOnly: { lamps: 9 }, chairsOnly: { chairs: 9 }, both: { lamps: 9, chairs: 9 } },
      { rule: fewest },
    );
    expect(results(shop, wish(2, LAMP, 1), wish(3, CHAIR, 2))).toEqual([
      { both: 2, short: 0 },
      { both: 3, short: 0 },
    ]);
  });

  it('what a filter takes away serves nobody, and the explanation names the rule that applied', () => {
    const only = { kind: 'only', warehouses: ['far'], kinds: [], countries: [] } as const;
    const shop = example({ near: { lamps: 10 }, far: { lamps: 3 } }, { rule: { filters: [only] } });
    const [sourced] = source(shop, wish(5));
    expect(sourced === undefined ? undefined : given(shop, sourced)).toEqual({ far: 3, short: 2 });
    expect(sourced?.explanation.rules).toEqual({ version: 1, applied: ['rule'] });
  });

  it('an item that may not be split waits whole when no warehouse has all of it', () => {
    const limits = { ...NO_LIMITS, doNotSplit: true };
    const shop = example({ near: { lamps: 4 }, far: { lamps: 6 } }, { rule: { limits } });
    expect(results(shop, wish(10))).toEqual([{ short: 10 }]);
    expect(results(shop, wish(6))).toEqual([{ far: 6, short: 0 }]);
  });
});
