/** Bounds of sums, against whole numbers of any size: exact up to each bound, refused from the next one on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondBounds, beyondInWords, MAX_ORDER_UNITS, MAX_VALUE } from './bounds.ts';

const units = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000_000 }),
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom(1, 999_999_999, 1_000_000_000),
);
const unitPrice = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000_000_000 }),
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.constantFrom(0, 1, 999_999, 1_000_000, 1_000_001, 1_000_000_000_000),
);
const lines = fc.array(fc.record({ units, unitPrice }), { minLength: 1, maxLength: 500 });

describe('what lines come to together', () => {
  it('is beyond a bound exactly when their exact sum is', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const allUnits = given.reduce((sum, each) => sum + BigInt(each.units), 0n);
        const value = given.reduce((sum, each) => sum + BigInt(each.units) * BigInt(each.unitPrice), 0n);
        const beyond = beyondBounds(given);
        if (allUnits > MAX_ORDER_UNITS) expect(beyond).toMatchObject({ of: 'units', sum: `${allUnits}` });
        else if (value > MAX_VALUE) expect(beyond).toMatchObject({ of: 'value', sum: `${value}` });
        else expect(beyond).toBeUndefined();
      }),
    );
  });

  it.each([
    [[{ units: MAX_ORDER_UNITS, unitPrice: 1_000_000 }], undefined],
    [[{ units: MAX_ORDER_UNITS, unitPrice: 1_000_001 }], '1000001000000000'],
    [
      [
        { units: 999_999_999, unitPrice: 1_000_000 },
        { units: 1, unitPrice: 1_000_000 },
      ],
      undefined,
    ],
    [
      [
        { units: 999_999_999, unitPrice: 1_000_000 },
        { units: 1, unitPrice: 1_000_001 },
      ],
      '1000000000000001',
    ],
    [
      [
        { units: MAX_ORDER_UNITS, unitPrice: 0 },
        { units: 1, unitPrice: 0 },
      ],
      '1000000001',
    ],
    [Array.from({ length: 500 }, () => ({ units: 2_000_000, unitPrice: 1_000_000 })), undefined],
  ])('%#: at the edge', (given, sum) => {
    const beyond = beyondBounds(given);
    expect(beyond?.sum).toBe(sum);
    if (beyond !== undefined) expect(beyondInWords(beyond)).toContain(`come to ${sum} `);
  });
});
