/**
 * May this order be accepted? By example: an order is judged for what no warehouse can serve, product by
 * product, and what stock can serve needs no permission. 10 lamps are wanted throughout; what differs is how
 * many are short.
 */
import { describe, expect, it } from 'vitest';
import type { Outstanding, SellPolicy, WaitingLimits } from '../catalog/sell-policy.ts';
import { productId } from '../kernel/ids.ts';
import { quantity } from '../kernel/quantity.ts';
import { instant, localDateFrom } from '../kernel/time.ts';
import { type Acceptance, acceptShortages, type Shortage } from './accept.ts';

const [LAMP, CHAIR] = [productId(1), productId(2)];
const NOBODY_WAITS: Outstanding = {
  order: 0,
  customer: 0,
  channel: 0,
  product: 0,
  waiting: 0,
  incoming: 0,
};
const WHEN = { now: instant(0), today: () => localDateFrom('2026-05-04') };
const STRICT = false;
const TAKES_EVERY_ORDER = true;

/** A policy under which so many may wait, of either kind. */
function mayWait(perProduct: WaitingLimits['perProduct'] | 'nothing', releaseAt = 0): SellPolicy {
  const limits: WaitingLimits = {
    perOrder: 'unlimited',
    perCustomer: 'unlimited',
    perChannel: 'unlimited',
    perProduct: perProduct === 'nothing' ? 'unlimited' : perProduct,
    upToIncoming: false,
  };
  const allowed = perProduct !== 'nothing';
  return {
    backorder: { allowed, until: null, limits },
    preorder: { allowed, limits },
    releaseAt: instant(releaseAt),
  };
}

function short(units: number, policy: SellPolicy, product = LAMP): Shortage {
  return { product, wanted: 10, short: units, policy, outstanding: () => NOBODY_WAITS };
}

function accept(insist: boolean, ...shortages: readonly Shortage[]): Acceptance {
  return acceptShortages(shortages, WHEN, insist);
}

describe('a strict channel', () => {
  it('accepts whatever stock can serve, also where nothing may wait', () => {
    expect(accept(STRICT, short(0, mayWait('nothing')))).toMatchObject({
      accepted: true,
      shortages: [{ short: 0, waits: 0, bar: null }],
    });
  });

  it('lets the shortage wait where the policy allows it: 4 are there, 6 wait', () => {
    expect(accept(STRICT, short(6, mayWait(quantity(6))))).toMatchObject({
      accepted: true,
      shortages: [{ kind: 'backorder', short: 6, waits: 6, mayWait: 6 }],
    });
  });

  it('refuses the order when one unit too many would wait, and says what there is and what may wait', () => {
    expect(accept(STRICT, short(7, mayWait(quantity(6))))).toEqual({
      accepted: false,
      failing: [{ product: LAMP, bar: 'limit_per_product', wanted: 10, available: 3, mayWait: 6 }],
    });
  });

  it('names every product that fails, so that a customer corrects an order once', () => {
    const acceptance = accept(
      STRICT,
      short(10, mayWait('nothing')),
      short(7, mayWait(quantity(6)), CHAIR),
      short(0, mayWait('nothing'), productId(3)),
    );
    expect(acceptance).toMatchObject({
      accepted: false,
      failing: [
        { product: LAMP, bar: 'backorder_not_allowed' },
        { product: CHAIR, bar: 'limit_per_product' },
      ],
    });
  });

  it('lets what is short before the release wait as a pre-order', () => {
    expect(accept(STRICT, short(10, mayWait('unlimited', 1_000)))).toMatchObject({
      accepted: true,
      shortages: [{ kind: 'preorder', waits: 10, mayWait: 'unlimited', bar: null }],
    });
  });
});

describe('a channel that takes every order', () => {
  it('lets wait what may, and leaves the rest unfillable: of 7 short, 6 wait and 1 does not', () => {
    expect(accept(TAKES_EVERY_ORDER, short(7, mayWait(quantity(6))))).toMatchObject({
      accepted: true,
      shortages: [{ short: 7, waits: 6, bar: 'limit_per_product' }],
    });
  });

  it('takes in an order of which nothing may wait', () => {
    expect(accept(TAKES_EVERY_ORDER, short(10, mayWait('nothing')))).toMatchObject({
      accepted: true,
      shortages: [{ short: 10, waits: 0, bar: 'backorder_not_allowed' }],
    });
  });
});

it('units that wait already are counted for the kind that is asked for', () => {
  const outstanding = (kind: string) => ({ ...NOBODY_WAITS, product: kind === 'preorder' ? 99 : 5 });
  const shortage = { ...short(1, mayWait(quantity(6))), outstanding };
  expect(accept(STRICT, shortage).accepted).toBe(true);
  expect(accept(STRICT, { ...shortage, short: 2 }).accepted).toBe(false);
});

it('the day of the channel is asked for only when something is short', () => {
  const today = () => {
    throw new Error('asked for');
  };
  expect(acceptShortages([short(0, mayWait('unlimited'))], { now: WHEN.now, today }, STRICT).accepted).toBe(
    true,
  );
});
