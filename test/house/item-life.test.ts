/**
 * The picture of an item's life (docs/life-of-an-item.md) shows what the code does: its buckets, its causes,
 * and the moves that the rules make of an item that has units in any bucket.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { channelId, lineNumber, orderId, productId, warehouseId } from '../../src/core/kernel/ids.ts';
import { instant } from '../../src/core/kernel/time.ts';
import { type BucketChange, bucketChange, SPLIT } from '../../src/core/orders/buckets.ts';
import { cancelUnits, holdUnits, type OrderItem, serve, takeBack } from '../../src/core/orders/order-item.ts';
import { EVENT_CAUSES } from '../../src/db/orders/item-events.ts';

const TEXT = readFileSync(new URL('../../docs/life-of-an-item.md', import.meta.url), 'utf8');

interface Move {
  readonly from: string;
  readonly to: string;
  readonly causes: readonly string[];
}

const MOVES: readonly Move[] = [...TEXT.matchAll(/^ {2}(\S+) --> (\S+) : (.+)$/gm)].map(
  ([, from = '', to = '', causes = '']) => ({ from, to, causes: causes.split(', ') }),
);

/** 'backordered > allocated' for each move that is drawn with the cause. */
function drawn(cause: string): string[] {
  return MOVES.filter(({ causes }) => causes.includes(cause))
    .map(({ from, to }) => `${from} > ${to}`)
    .sort();
}

/** The same of what a rule makes of units. */
function made(...changes: readonly BucketChange[]): string[] {
  const moves = changes.flatMap((change) => {
    const from = SPLIT.filter((bucket) => change[bucket] < 0);
    const to = SPLIT.filter((bucket) => change[bucket] > 0);
    return from.flatMap((left) => to.map((entered) => `${left} > ${entered}`));
  });
  return [...new Set(moves)].sort();
}

const UNITS = 3;
const WAREHOUSE = warehouseId(1);
const HELD = [{ warehouse: WAREHOUSE, open: UNITS, picked: 0, shipped: 0 }];

function itemIn(bucket: (typeof SPLIT)[number], kind: OrderItem['kind'] = 'backorder'): OrderItem {
  return {
    order: orderId(1),
    line: lineNumber(1),
    product: productId(1),
    channel: channelId(1),
    customer: null,
    kind,
    whole: false,
    bought: false,
    priority: 0,
    waitingSince: instant(0),
    unitPrice: 0,
    rejectedBy: [],
    buckets: bucketChange({ [bucket]: UNITS }),
    events: 1,
  };
}

const WAITING = ['backordered', 'preordered', 'unfillable'] as const;
const UNDER_WAY = ['pending', 'allocated', ...WAITING] as const;

function allocationsOf(bucket: (typeof SPLIT)[number]) {
  return bucket === 'allocated' ? HELD : [];
}

describe('the picture of an item', () => {
  it('has every bucket and no other', () => {
    const places = new Set(MOVES.flatMap(({ from, to }) => [from, to]));
    places.delete('[*]');
    expect([...places].sort()).toEqual([...SPLIT].sort());
  });

  it('names every cause of an event and no other, in the picture or as one that moves no units', () => {
    const explained = [...TEXT.matchAll(/^\| ([a-z_, ]+) \| /gm)].flatMap(([, causes = '']) =>
      causes.split(', '),
    );
    expect(explained.filter((word) => word !== 'cause').sort()).toEqual([...EVENT_CAUSES].sort());
    const moving = new Set(MOVES.flatMap(({ causes }) => causes));
    const still = ['acknowledged', 'picked', 'prioritized'];
    expect([...moving, ...still].sort()).toEqual([...EVENT_CAUSES].sort());
  });

  it('draws what a fill does', () => {
    expect(drawn('filled')).toEqual(made(...WAITING.map((bucket) => serve(itemIn(bucket).buckets, UNITS))));
  });

  it('draws what a cancel does', () => {
    const cancelled = UNDER_WAY.map(
      (bucket) => cancelUnits(itemIn(bucket), allocationsOf(bucket), UNITS).change,
    );
    expect(drawn('cancelled')).toEqual(made(...cancelled));
  });

  it('draws what a hold does', () => {
    const held = UNDER_WAY.map((bucket) => holdUnits(itemIn(bucket), allocationsOf(bucket), true).change);
    expect(drawn('held')).toEqual(made(...held));
  });

  it.each(['taken_back', 'short_picked'])('draws where units go that are %s', (cause) => {
    const items = [itemIn('allocated'), itemIn('allocated', 'preorder')];
    const lost = items.flatMap((item) => [true, false].map((onHold) => takeBack(item, UNITS, onHold)));
    expect(drawn(cause)).toEqual(made(...lost));
  });
});
