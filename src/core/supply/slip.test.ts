/**
 * Slip and yield: what is answered with no, little and much evidence, and laws that hold for any records.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnSlip, type SlipModel, type SlipQuestion, type SlipRecord, slipsOf } from './slip.ts';
import { learnYield, yieldsOf } from './yield.ts';

const slipAt = (model: SlipModel, question: SlipQuestion) => slipsOf(model)(question);

function slips(path: readonly string[], days: readonly number[], arrived = true): SlipRecord[] {
  return days.map((each) => ({ path, days: each, arrived, age: 10 }));
}

function repeated(count: number, days: number): number[] {
  return Array.from({ length: count }, () => days);
}

const TEN = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
const A = ['A', 'a'];

describe('slip of one group', () => {
  const cases = [
    { name: 'no evidence', records: [], ask: { confidence: 0.9 }, days: 0, evidence: 0 },
    {
      name: 'too little evidence',
      records: slips([], [9, 9, 9, 9]),
      ask: { confidence: 0.9 },
      days: 0,
      evidence: 0,
    },
    {
      name: 'no evidence, overdue',
      records: [],
      ask: { confidence: 0.9, overdueBy: 4 },
      days: 4,
      evidence: 0,
    },
    { name: 'the median', records: slips([], TEN), ask: { confidence: 0.5 }, days: 3, evidence: 10 },
    { name: 'nine in ten', records: slips([], TEN), ask: { confidence: 0.9 }, days: 7, evidence: 10 },
    {
      name: 'early',
      records: slips(
        [],
        TEN.map((each) => -each),
      ),
      ask: { confidence: 0.5 },
      days: -4,
      evidence: 10,
    },
    {
      name: 'overdue by five',
      records: slips([], TEN),
      ask: { confidence: 0.5, overdueBy: 5 },
      days: 6,
      evidence: 10,
    },
    {
      name: 'overdue beyond all',
      records: slips([], TEN),
      ask: { confidence: 0.5, overdueBy: 40 },
      days: 40,
      evidence: 0,
    },
    {
      name: 'half of them open from the first day',
      records: [...slips([], TEN), ...slips([], repeated(10, 1), false)],
      ask: { confidence: 0.5 },
      days: 4,
      evidence: 20,
    },
    {
      name: 'all open',
      records: slips([], [3, 4, 5, 6, 7], false),
      ask: { confidence: 0.5 },
      days: 7,
      evidence: 5,
    },
  ];
  it.each(cases)('$name', ({ records, ask, days, evidence }) => {
    expect(slipAt(learnSlip(records), { path: [], ...ask })).toEqual({ days, records: evidence });
  });
});

describe('groups within groups', () => {
  const punctual = slips(['A', 'a'], repeated(200, 0));
  const late = slips(['B', 'b'], repeated(200, 20));

  it('a supplier with many records speaks for itself', () => {
    const model = learnSlip([...punctual, ...late]);
    expect(slipAt(model, { path: ['A', 'a'], confidence: 0.8 })).toEqual({ days: 0, records: 200 });
    expect(slipAt(model, { path: ['B', 'b'], confidence: 0.8 })).toEqual({ days: 20, records: 200 });
  });

  it.each([0.5, 0.8, 0.9])(
    'a supplier with two records hardly moves from all suppliers (%d)',
    (confidence) => {
      const model = learnSlip([...punctual, ...slips(['C', 'x'], [90, 90])]);
      const all = slipAt(learnSlip(punctual), { path: [], confidence }).days;
      expect(slipAt(model, { path: ['C', 'x'], confidence })).toEqual({ days: all, records: 202 });
    },
  );

  it('an unknown product takes what is known of its supplier, an unknown supplier what is known of all', () => {
    const model = learnSlip([...punctual, ...late]);
    const ask = { confidence: 0.9 };
    expect(slipAt(model, { path: ['B', 'new'], ...ask })).toEqual(slipAt(model, { path: ['B'], ...ask }));
    expect(slipAt(model, { path: ['new', 'b'], ...ask })).toEqual(slipAt(model, { path: [], ...ask }));
  });

  it('what was three years ago counts for little', () => {
    const then = slips(A, repeated(50, 30)).map((each) => ({ ...each, age: 1_100 }));
    expect(
      slipAt(learnSlip([...then, ...slips(A, repeated(10, 0))]), { path: A, confidence: 0.9 }).days,
    ).toBe(0);
  });
});

const recordOf = fc.record({
  path: fc.constantFrom<string[][]>(['A', 'a'], ['A', 'b'], ['B', 'a'], ['B']).map((each) => [...each]),
  days: fc.integer({ min: -20, max: 40 }),
  arrived: fc.boolean(),
  age: fc.integer({ min: 0, max: 200 }),
});
const recordsOf = fc.array(recordOf, { maxLength: 60 });
const pathOf = fc.constantFrom([], ['A'], ['A', 'a'], ['B', 'a'], ['C', 'c']);
const confidenceOf = fc.integer({ min: 50, max: 99 }).map((percent) => percent / 100);
const overdueOf = fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined });

describe('laws of slip', () => {
  it('more confidence never gives an earlier day', () => {
    const check = fc.property(
      fc.record({
        records: recordsOf,
        path: pathOf,
        low: confidenceOf,
        high: confidenceOf,
        overdueBy: overdueOf,
      }),
      ({ records, path, low, high, overdueBy }) => {
        const model = learnSlip(records);
        const [less, more] = [low, high].sort((a, b) => a - b);
        const at = (confidence = 0.5) => slipAt(model, { path, confidence, overdueBy }).days;
        expect(at(less)).toBeLessThanOrEqual(at(more));
      },
    );
    fc.assert(check);
  });

  it('what is overdue is never promised for the past', () => {
    const check = fc.property(
      recordsOf,
      pathOf,
      fc.tuple(confidenceOf, fc.integer({ min: 0, max: 90 })),
      (records, path, [confidence, overdueBy]) => {
        expect(slipAt(learnSlip(records), { path, confidence, overdueBy }).days).toBeGreaterThanOrEqual(
          overdueBy,
        );
      },
    );
    fc.assert(check);
  });

  it('an open order never makes the slip shorter', () => {
    const check = fc.property(
      fc.record({
        records: fc.array(recordOf, { minLength: 5, maxLength: 60 }),
        open: recordOf,
        confidence: confidenceOf,
        path: pathOf,
      }),
      ({ records, open, confidence, path }) => {
        const ask = { path, confidence };
        const without = slipAt(learnSlip(records), ask);
        const withIt = slipAt(learnSlip([...records, { ...open, arrived: false }]), ask);
        expect(withIt.days).toBeGreaterThanOrEqual(without.days);
      },
    );
    fc.assert(check, { numRuns: 500 });
  });

  it('a receipt that turns out to be still open never makes it shorter', () => {
    const check = fc.property(
      fc.record({
        records: fc.array(recordOf, { minLength: 5, maxLength: 60 }),
        confidence: confidenceOf,
        path: pathOf,
      }),
      ({ records, confidence, path }) => {
        const [first, ...others] = records;
        const opened = first === undefined ? [] : [{ ...first, arrived: false }];
        const closed = first === undefined ? [] : [{ ...first, arrived: true }];
        const before = slipAt(learnSlip([...others, ...closed]), { path, confidence }).days;
        expect(slipAt(learnSlip([...others, ...opened]), { path, confidence }).days).toBeGreaterThanOrEqual(
          before,
        );
      },
    );
    fc.assert(check, { numRuns: 500 });
  });

  it('an answer does not depend on what was asked before', () => {
    const check = fc.property(
      recordsOf,
      fc.array(pathOf, { minLength: 2 }),
      confidenceOf,
      (records, paths, confidence) => {
        const model = learnSlip(records);
        const one = slipsOf(model);
        for (const path of paths)
          expect(one({ path, confidence })).toEqual(slipAt(model, { path, confidence }));
      },
    );
    fc.assert(check);
  });

  it('a model that went through JSON gives the same answers', () => {
    const check = fc.property(
      recordsOf,
      pathOf,
      fc.tuple(confidenceOf, overdueOf),
      (records, path, [confidence, overdueBy]) => {
        const model = learnSlip(records);
        const again: typeof model = JSON.parse(JSON.stringify(model));
        const ask = { path, confidence, overdueBy };
        expect(slipAt(again, ask)).toEqual(slipAt(model, ask));
      },
    );
    fc.assert(check);
  });
});

describe('yield', () => {
  const lines = (path: readonly string[], received: readonly number[]) =>
    received.map((each) => ({ path, ordered: 100, received: each, age: 10 }));
  const cases = [
    { name: 'no evidence', records: [], confidence: 0.9, share: 1, evidence: 0 },
    { name: 'all came', records: lines([], repeated(10, 100)), confidence: 0.99, share: 1, evidence: 10 },
    { name: 'more came', records: lines([], repeated(10, 130)), confidence: 0.9, share: 1, evidence: 10 },
    { name: 'nothing came', records: lines([], repeated(10, 0)), confidence: 0.9, share: 0.01, evidence: 10 },
    {
      name: 'the lower end',
      records: lines([], [50, 60, 70, 80, 90, 100, 100, 100, 100, 100]),
      confidence: 0.9,
      share: 0.6,
      evidence: 10,
    },
    {
      name: 'the middle',
      records: lines([], [50, 60, 70, 80, 90, 100, 100, 100, 100, 100]),
      confidence: 0.5,
      share: 1,
      evidence: 10,
    },
  ];
  it.each(cases)('$name', ({ records, confidence, share, evidence }) => {
    expect(yieldsOf(learnYield(records))({ path: [], confidence })).toEqual({ share, records: evidence });
  });

  it('is over 0, at most 1, and no more at more confidence', () => {
    const recordsOfYield = fc.array(
      fc.record({
        path: pathOf,
        ordered: fc.integer({ min: 0, max: 50 }),
        received: fc.integer({ min: 0, max: 70 }),
        age: fc.nat(300),
      }),
    );
    const check = fc.property(
      recordsOfYield,
      pathOf,
      fc.tuple(confidenceOf, confidenceOf),
      (records, path, pair) => {
        const [less = 0.5, more = 0.5] = [...pair].sort((a, b) => a - b);
        const yields = yieldsOf(learnYield(records));
        const high = yields({ path, confidence: less }).share;
        const low = yields({ path, confidence: more }).share;
        expect(low).toBeGreaterThan(0);
        expect(low).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
      },
    );
    fc.assert(check);
  });
});
