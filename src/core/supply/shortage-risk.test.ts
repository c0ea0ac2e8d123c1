/** The risk of running short: known values of the normal distribution, and what stock and arrivals do to it. */
import { describe, expect, it } from 'vitest';
import { type Outlook, shortageRisk } from './shortage-risk.ts';

const USUAL: Outlook = { free: 40, perDay: 4, variance: 4, arrivals: [], days: 10 };
const riskOf = (changes: Partial<Outlook>) => shortageRisk({ ...USUAL, ...changes }).risk;

describe('the risk of running short', () => {
  it.each([
    // demand of 10 days: mean 40, variance 40
    ['as much as the mean', { free: 39.5 }, 0.5],
    ['a deviation above it', { free: 39.5 + Math.sqrt(40) }, 0.158655],
    ['two deviations above it', { free: 39.5 + 2 * Math.sqrt(40) }, 0.02275],
    ['a deviation below it', { free: 39.5 - Math.sqrt(40) }, 0.841345],
    ['a larger variance', { free: 39.5 + 20, variance: 40 }, 0.158655],
  ])('%s', (_, changes, expected) => {
    expect(riskOf(changes)).toBeCloseTo(expected, 5);
  });

  it('is certain when somebody waits, and nothing without demand', () => {
    expect(shortageRisk({ ...USUAL, free: -1 })).toEqual({ risk: 1, runsOutIn: 0 });
    expect(shortageRisk({ ...USUAL, perDay: 0, variance: 0 })).toEqual({ risk: 0, runsOutIn: null });
  });

  it('falls with what arrives in time, not with what arrives later', () => {
    const early = riskOf({ free: 30, arrivals: [{ inDays: 1, units: 30 }] });
    const late = riskOf({ free: 30, arrivals: [{ inDays: 9, units: 30 }] });
    expect(early).toBeLessThan(0.01);
    expect(late).toBeGreaterThan(0.8);
    expect(riskOf({ free: 30, arrivals: [{ inDays: 10, units: 30 }] })).toBe(riskOf({ free: 30 }));
  });

  it('names the day on which it runs out', () => {
    expect(shortageRisk({ ...USUAL, free: 12 }).runsOutIn).toBe(3);
    expect(shortageRisk({ ...USUAL, free: 12, arrivals: [{ inDays: 2, units: 8 }] }).runsOutIn).toBe(5);
    expect(shortageRisk({ ...USUAL, free: 100 }).runsOutIn).toBeNull();
  });
});
