/** What is open, incoming and accepted of a line, the status of an order, and how much to order, case by case. */
import { describe, expect, it } from 'vitest';
import { orderQuantity } from './order-quantity.ts';
import { isOnItsWay, mayReceive, openUnits, purchaseOrderStatus } from './purchase-order.ts';

const line = (ordered: number, received = 0, closed = 0) => ({ ordered, received, closed });

describe('a purchase order line', () => {
  it.each([
    ['nothing received', line(10), 10],
    ['some received', line(10, 4), 6],
    ['some closed', line(10, 4, 3), 3],
    ['more than ordered', line(10, 12), 0],
  ])('%s', (_, given, open) => {
    expect(openUnits(given)).toBe(open);
  });

  it.each([
    { what: 'what is open', given: line(10, 4), percent: 0, accepted: 6 },
    { what: 'and the tolerance', given: line(10, 4), percent: 10, accepted: 7 },
    { what: 'rounded down', given: line(9, 0), percent: 10, accepted: 9 },
    { what: 'of what was ordered, once', given: line(100, 105), percent: 10, accepted: 5 },
    { what: 'nothing beyond', given: line(100, 111), percent: 10, accepted: 0 },
    { what: 'no tolerance once a rest was closed', given: line(10, 4, 2), percent: 50, accepted: 4 },
  ])('takes $what', ({ given, percent, accepted }) => {
    expect(mayReceive(given, percent)).toBe(accepted);
  });
});

describe('open units are incoming', () => {
  it.each([
    ['draft', false],
    ['sent', true],
    ['confirmed', true],
    ['cancelled', false],
  ] as const)('of an order that is %s: %s', (stage, incoming) => {
    expect(isOnItsWay(stage)).toBe(incoming);
  });
});

describe('the status', () => {
  it.each([
    ['draft', { open: 5, received: 0, closed: 0 }, 'draft'],
    ['sent', { open: 5, received: 0, closed: 0 }, 'sent'],
    ['confirmed', { open: 5, received: 0, closed: 0 }, 'confirmed'],
    ['sent', { open: 5, received: 1, closed: 0 }, 'partly_received'],
    ['confirmed', { open: 0, received: 5, closed: 0 }, 'received'],
    ['confirmed', { open: 0, received: 5, closed: 1 }, 'closed'],
    ['sent', { open: 0, received: 0, closed: 5 }, 'closed'],
    ['cancelled', { open: 5, received: 0, closed: 0 }, 'cancelled'],
  ] as const)('%s with %o is %s', (stage, units, status) => {
    expect(purchaseOrderStatus(stage, units)).toBe(status);
  });
});

describe('an order quantity', () => {
  it.each([
    { what: 'nothing for nothing', uncovered: 0, packSize: 12, minimumUnits: 30, expected: 0 },
    { what: 'whole packs', uncovered: 25, packSize: 12, minimumUnits: 0, expected: 36 },
    { what: 'at least the least quantity', uncovered: 5, packSize: 1, minimumUnits: 30, expected: 30 },
    { what: 'the least quantity in whole packs', uncovered: 5, packSize: 12, minimumUnits: 30, expected: 36 },
    { what: 'exactly', uncovered: 24, packSize: 12, minimumUnits: 24, expected: 24 },
  ])('$what', ({ uncovered, packSize, minimumUnits, expected }) => {
    expect(orderQuantity(uncovered, { packSize, minimumUnits })).toBe(expected);
  });
});
