import { describe, expect, it } from 'vitest';
import { orderQuantity } from './order-quantity.ts';
import { incomingUnits, mayReceive, openUnits, purchaseOrderStatus } from './purchase-order.ts';

const line = (ordered: number, received = 0, closed = 0) => ({ ordered, received, closed });

describe('a purchase order line', () => {
  it.each([
    ['nothing received', line(10), 10],
    ['some received', line(10, 4), 6],
    ['some closed', line(10, 4, 3), 3],
    ['more than ordered', line(10, 12), 0],
  ])('%s', (_, given, open) => {
    expect(openUnits(given)).toBe(open);
    expect(incomingUnits('sent', given)).toBe(open);
    expect(incomingUnits('confirmed', given)).toBe(open);
    expect(incomingUnits('draft', given)).toBe(0);
    expect(incomingUnits('cancelled', given)).toBe(0);
  });

  it.each([
    ['what is open', line(10, 4), 0, 6],
    ['and the tolerance', line(10, 4), 10, 7],
    ['rounded down', line(9, 0), 10, 9],
    ['of what was ordered, once', line(100, 105), 10, 5],
    ['nothing beyond', line(100, 111), 10, 0],
    ['no tolerance once a rest was closed', line(10, 4, 2), 50, 4],
  ])('takes %s', (_, given, percent, accepted) => {
    expect(mayReceive(given, percent)).toBe(accepted);
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
    ['nothing for nothing', 0, 12, 30, 0],
    ['whole packs', 25, 12, 0, 36],
    ['at least the least quantity', 5, 1, 30, 30],
    ['the least quantity in whole packs', 5, 12, 30, 36],
    ['exactly', 24, 12, 24, 24],
  ])('%s', (_, uncovered, packSize, minimumUnits, expected) => {
    expect(orderQuantity(uncovered, { packSize, minimumUnits })).toBe(expected);
  });
});
