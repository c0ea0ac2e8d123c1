/** Who is served first of those that wait for a product, by example. */
import { describe, expect, it } from 'vitest';
import { lineNumber, orderId } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import { compareRank, type Rank } from './queue-policy.ts';

describe('served first is', () => {
  const first: Rank = {
    priority: 0,
    waitingSince: instant(1_000),
    order: orderId(5),
    line: lineNumber(2),
  };

  it.each<[string, Partial<Rank>, Partial<Rank>]>([
    ['the higher priority, however long others wait', { priority: 1, waitingSince: instant(9_000) }, {}],
    ['of one priority, who waits for longer', { waitingSince: instant(999), order: orderId(9) }, {}],
    ['of those who wait since the same instant, whose order was accepted first', { order: orderId(4) }, {}],
    ['of one order, the line that comes first', { line: lineNumber(1) }, {}],
  ])('%s', (_, better, worse) => {
    expect(compareRank({ ...first, ...better }, { ...first, ...worse })).toBeLessThan(0);
    expect(compareRank({ ...first, ...worse }, { ...first, ...better })).toBeGreaterThan(0);
  });
});
