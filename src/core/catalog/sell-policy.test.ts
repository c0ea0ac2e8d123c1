/**
 * What a sell policy lets wait, by example. Read from the top: first what kind of waiting it is, then whether
 * any is allowed, then how much, and which limit is named when there is no room.
 */
import { describe, expect, it } from 'vitest';
import { quantity } from '../kernel/quantity.ts';
import { instant, localDateFrom } from '../kernel/time.ts';
import {
  type Outstanding,
  type SellPolicy,
  type WaitingLimits,
  waitingKind,
  waitingRoom,
} from './sell-policy.ts';

const NO_LIMITS: WaitingLimits = {
  perOrder: 'unlimited',
  perCustomer: 'unlimited',
  perChannel: 'unlimited',
  perProduct: 'unlimited',
  upToIncoming: false,
};
const NOBODY_WAITS: Outstanding = {
  order: 0,
  customer: 0,
  channel: 0,
  product: 0,
  waiting: 0,
  incoming: 0,
};
const TODAY = localDateFrom('2026-05-04');
const NOW = instant(Date.parse('2026-05-04T12:00:00Z'));
const IN_AN_HOUR = instant(NOW + 3_600_000);

const nothingWaits: SellPolicy = {
  backorder: { allowed: false, until: null, limits: NO_LIMITS },
  preorder: { allowed: false, limits: NO_LIMITS },
  releaseAt: null,
};

function backordersWith(limits: Partial<WaitingLimits>): SellPolicy {
  return { ...nothingWaits, backorder: { allowed: true, until: null, limits: { ...NO_LIMITS, ...limits } } };
}

/** Room for backorders today. */
function roomFor(policy: SellPolicy, waits: Partial<Outstanding> = {}) {
  const { units, bar } = waitingRoom(
    policy,
    { kind: 'backorder', today: TODAY },
    { ...NOBODY_WAITS, ...waits },
  );
  return { units, bar };
}

describe('what is short waits', () => {
  it('as a pre-order until the release, as a backorder from that instant on', () => {
    const policy = { ...nothingWaits, releaseAt: IN_AN_HOUR };
    expect(waitingKind(policy, NOW)).toBe('preorder');
    expect(waitingKind(policy, instant(IN_AN_HOUR - 1))).toBe('preorder');
    expect(waitingKind(policy, IN_AN_HOUR)).toBe('backorder');
  });

  it('as a backorder when no release has to come', () => {
    expect(waitingKind(nothingWaits, NOW)).toBe('backorder');
  });

  it('as a pre-order before the release, also where pre-orders are not allowed: then it is refused as one', () => {
    const policy = { ...backordersWith({}), releaseAt: IN_AN_HOUR };
    const kind = waitingKind(policy, NOW);
    expect(waitingRoom(policy, { kind, today: TODAY }, NOBODY_WAITS)).toEqual({
      kind: 'preorder',
      units: 0,
      bar: 'preorder_not_allowed',
    });
  });
});

describe('nothing may wait', () => {
  it('where backorders are not allowed', () => {
    expect(roomFor(nothingWaits)).toEqual({ units: 0, bar: 'backorder_not_allowed' });
  });

  it('after the last day of the backorder window, which is a day of the channel and counts in full', () => {
    function until(day: string): SellPolicy {
      return { ...nothingWaits, backorder: { allowed: true, until: localDateFrom(day), limits: NO_LIMITS } };
    }
    expect(roomFor(until('2026-05-04')).bar).toBeNull();
    expect(roomFor(until('2026-05-03'))).toEqual({ units: 0, bar: 'backorder_window_closed' });
  });
});

describe('as much may wait', () => {
  it('as is wanted, where no limit is set', () => {
    expect(roomFor(backordersWith({}), { product: 1_000_000 })).toEqual({ units: 'unlimited', bar: null });
  });

  it('as the limit leaves over what waits already', () => {
    const policy = backordersWith({ perProduct: quantity(6) });
    expect(roomFor(policy, { product: 4 })).toEqual({ units: 2, bar: 'limit_per_product' });
  });

  it('as nothing, and never less, when more waits than the limit says now', () => {
    const policy = backordersWith({ perProduct: quantity(6) });
    expect(roomFor(policy, { product: 9 })).toEqual({ units: 0, bar: 'limit_per_product' });
  });

  it('as the tightest of several limits leaves, and that one is named', () => {
    const policy = backordersWith({
      perOrder: quantity(5),
      perCustomer: quantity(3),
      perChannel: quantity(50),
      perProduct: quantity(60),
    });
    expect(roomFor(policy)).toEqual({ units: 3, bar: 'limit_per_customer' });
    expect(roomFor(policy, { channel: 48 })).toEqual({ units: 2, bar: 'limit_per_channel' });
  });

  it('as the first of two equal limits leaves, in the order in which they are checked', () => {
    const policy = backordersWith({ perOrder: quantity(3), perCustomer: quantity(3) });
    expect(roomFor(policy).bar).toBe('limit_per_order');
  });

  it('as purchase orders are to bring, less what waits for it already, whatever its kind', () => {
    const policy = backordersWith({ upToIncoming: true });
    expect(roomFor(policy, { incoming: 10, waiting: 7 })).toEqual({ units: 3, bar: 'limit_incoming' });
    expect(roomFor(policy, { incoming: 10, waiting: 12 })).toEqual({ units: 0, bar: 'limit_incoming' });
  });

  it('of pre-orders as their own limits say: those of backorders do not count', () => {
    const policy: SellPolicy = {
      ...backordersWith({ perProduct: quantity(1) }),
      preorder: { allowed: true, limits: { ...NO_LIMITS, perProduct: quantity(100) } },
    };
    const room = waitingRoom(policy, { kind: 'preorder', today: TODAY }, { ...NOBODY_WAITS, product: 40 });
    expect(room).toEqual({ kind: 'preorder', units: 60, bar: 'limit_per_product' });
  });
});
