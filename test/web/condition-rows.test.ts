/** Rows of a condition: what they say in CEL is accepted by the language, and comes back as the same rows. */
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { compileCondition } from '../../src/core/sourcing/condition.ts';
import { FACTS, type Fact as FactOfOrders } from '../../src/core/sourcing/condition-facts.ts';
import { COMPARISONS, type ConditionRow, conditionOf, rowsOf } from '../../web/rules/condition-rows.ts';

const ALL_FACTS = Object.entries(FACTS).flatMap(([variable, members]) =>
  Object.entries<FactOfOrders>(members).map(([member, { type }]) => ({
    path: `${variable}.${member}`,
    type,
  })),
);

const word = fc.string({ unit: 'grapheme', maxLength: 8 });

function valueFor(type: FactOfOrders['type'], comparison: string): fc.Arbitrary<string> {
  if (type === 'bool') return fc.constant('');
  if (type === 'int') return fc.integer().map(String);
  if (type === 'double') return fc.integer({ min: -9_000, max: 9_000 }).map((each) => String(each / 100));
  if (!comparison.endsWith('in')) return word;
  const part = word.map((each) => each.replaceAll(',', '').trim());
  return fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(', '));
}

const row: fc.Arbitrary<ConditionRow> = fc
  .constantFrom(...ALL_FACTS)
  .chain(({ path, type }) =>
    fc
      .constantFrom(...COMPARISONS[type])
      .chain((comparison) => valueFor(type, comparison).map((value) => ({ fact: path, comparison, value }))),
  );

it('says what the language accepts, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const condition = conditionOf(rows, ALL_FACTS);
      if (condition !== null) expect(compileCondition(condition)).toMatchObject({ ok: true });
      expect(rowsOf(condition, ALL_FACTS)).toEqual(rows);
    }),
    { numRuns: 2_000 },
  );
});

test.each<[string | null, number | undefined]>([
  [null, 0],
  ['shipTo.country == "NL"', 1],
  ['order.units >= 3 && !item.waiting && "a && b" in product.tags', 3],
  ['order.number in ["a\u2028b", "c"] && !(order.number in ["a\u2029b"])', 2],
  ['order.units >= 3 || item.waiting', undefined],
  ['order.units + 1 > 3', undefined],
  ['shipTo.latitude > 3', undefined],
])('%s has %s rows', (condition, count) => {
  expect(rowsOf(condition, ALL_FACTS)?.length).toBe(count);
});
