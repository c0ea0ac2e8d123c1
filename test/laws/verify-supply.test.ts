/**
 * `allot verify` on supply and promises: each check is broken on purpose and names its law, and what may differ by the
 * quiet days is let be.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMISE_CHECKS } from '../../src/laws/promises.ts';
import { SUPPLY_CHECKS } from '../../src/laws/supply.ts';
import {
  type Break,
  brokenLaws,
  type OpenShop,
  openHealthyShop,
  unseenBy,
  verifyBroken,
} from './broken-shop.ts';

/** Moves the day that the first slice in `column` names, `days` from today. */
function day(column: string, days: number): string {
  return `jsonb_set(${column}, '{0,on}', to_jsonb(current_date + ${days}))`;
}

const BREAKS: readonly Break[] = [
  [
    'L1',
    'a line that received more than was counted in',
    'update purchase_order_lines set received = 5, incoming = 5 where received = 4',
  ],
  [
    'L1',
    'a receipt of less than its document moved',
    'update purchase_order_receipts set units = 3',
    'update purchase_order_lines set received = 3, incoming = 7 where received = 4',
  ],
  [
    'L1',
    'a receipt by a document of another kind',
    "update stock_documents set kind = 'return' where reference = 'DN-2'",
  ],
  [
    'L11',
    'an item outside the queue for which nothing is bought',
    'update purchase_order_lines set for_order = null, for_line = null where for_order = 9',
  ],
  [
    'L11',
    'an item outside the queue whose line was cancelled',
    "update purchase_orders set stage = 'cancelled' where id = 2",
  ],
  [
    'L11',
    'an item of a whole order that is bought by itself',
    "update orders set shipping = 'complete', when_incomplete = 'give_back' where id = 9",
    'update order_items set whole = true where order_id = 9',
  ],
  [
    'L13',
    'incoming units that were received',
    'update purchase_order_lines set incoming = 10 where received = 4',
  ],
  ['L13', 'incoming units of a draft', 'update purchase_order_lines set incoming = 3 where for_order = 9'],
  [
    'L13',
    'a promise two days before its supply',
    'update purchase_order_lines set likely_on = likely_on + 2 where received = 4',
  ],
  [
    'L13',
    'more promised than comes',
    'update purchase_order_lines set ordered = 5, incoming = 1 where received = 4',
  ],
  [
    'L13',
    'a pre-order for which too little comes after its release',
    'update purchase_order_lines set ordered = 4, incoming = 4 where product_id = 7',
  ],
  [
    'L13',
    'a lead time shorter than the lead time',
    `update promise_events set new = ${day('new', 11)} where order_id = 9 and line = 1`,
    `update promises set told = ${day('told', 11)}, told_on = current_date + 11, first_on = current_date + 11
     where order_id = 9 and line = 1`,
  ],
  [
    'L13',
    'less promised than waits',
    "update promises set told = jsonb_set(told, '{0,units}', '1') where order_id = 8 and line = 1",
  ],
  [
    'L13',
    'a promise of nothing',
    `update order_items set allocated = 6, backordered = 0, events = 3 where order_id = 8 and line = 1`,
    `insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ordered, pending,
       allocated, backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation)
     values (8, 1, 3, now(), 5, 1, 'filled', 0, 0, 2, -2, 0, 0, 0, 0, '{}', '{backordered}', '{}')`,
    'update product_positions set backordered = 0 where product_id = 5',
    'update allocations set open = 6 where order_id = 8',
    'update inventory_levels set on_hand = 6, allocated = 6, movements = 2 where product_id = 5',
    `insert into movements values (5, 1, 2, 'receive', 2, 6, null, 'receive/DN-3', now())`,
  ],
  [
    'L13',
    'a promise that ended and still promises',
    `update promises set told = '[{"units": 1, "on": null}]' where not waiting`,
  ],
  [
    'L13',
    'a promise before the release',
    'update sell_policies set release_local = current_date + 40 where product_id = 7',
  ],
  [
    'L13',
    'a day told that was over',
    `update promise_events set new = ${day('new', -2)} where order_id = 8 and line = 1 and number = 1`,
    'update promises set first_on = current_date - 2 where order_id = 8 and line = 1',
  ],
  ['L15', 'a gap in the quoted days', 'update expected_dates set number = 3 where number = 2'],
  [
    'L15',
    'a day that was never quoted',
    'update purchase_order_lines set expected_on = expected_on + 1 where product_id = 7',
  ],
  [
    'L15',
    'a draft that was quoted',
    'insert into expected_dates values (2, 1, 1, current_date, now(), null)',
  ],
  [
    'L15',
    'a purchase order that counts its events wrongly',
    'update purchase_orders set events = 4 where id = 1',
  ],
  ['L15', 'a promise that counts wrongly', 'update promises set events = 3 where order_id = 8 and line = 1'],
  ['L15', 'something told of no promise', 'delete from promises where not waiting'],
  [
    'L15',
    'something told at another time',
    "update promises set told_at = told_at - interval '1 minute' where order_id = 8 and line = 1",
  ],
  [
    'L15',
    'another day told first',
    'update promises set first_on = first_on + 1 where order_id = 8 and line = 1',
  ],
  [
    'L15',
    'a day that nobody was told',
    `update promises set told = ${day('told', 11)}, told_on = current_date + 11 where order_id = 8 and line = 1`,
  ],
  [
    'L15',
    'a last day that is not the last',
    'update promises set told_on = null where order_id = 8 and line = 1',
  ],
  [
    'L16',
    'a product bought to order against its terms',
    'update product_positions set buy_to_order = true where product_id = 5',
  ],
  [
    'L16',
    'a supplier switched on that nobody asks first',
    "update suppliers set enabled = true where code = 'OLD'",
  ],
];

/** What is not as it was told, and may be. */
const LET_BE: readonly (readonly [what: string, ...statements: string[]])[] = [
  [
    'supply that comes a day later',
    'update purchase_order_lines set likely_on = likely_on + 1 where line = 1',
  ],
  [
    'a purchase order that another replaced a day later',
    'update purchase_order_lines set closed = 6, incoming = 0 where received = 4',
    `insert into purchase_order_lines (purchase_order_id, line, product_id, warehouse_id, ordered, incoming, unit_price,
       expected_on, likely_on) values (1, 3, 5, 1, 2, 2, 100, current_date + 11, current_date + 11)`,
    'insert into expected_dates values (1, 3, 1, current_date + 11, now(), null)',
  ],
  [
    'a release a day after what was told',
    'update sell_policies set release_local = current_date + 31 where product_id = 7',
  ],
  [
    'a product that customers are still to be told about',
    'update purchase_order_lines set likely_on = likely_on + 9 where line = 1',
    'update product_positions set promise_due_at = now() where product_id = 5',
  ],
];

describe('allot verify, of supply and promises', () => {
  let shop: OpenShop;

  beforeAll(async () => {
    shop = await openHealthyShop();
  }, 120_000);
  afterAll(() => shop.close());

  it.each(BREAKS)('names %s for %s', async (law, _, ...statements) => {
    const report = await verifyBroken(shop.db, statements);
    expect(brokenLaws(report)).toEqual([law]);
    const [broken] = report.checks.filter((check) => check.violations > 0);
    expect(broken?.examples.length).toBeGreaterThan(0);
    expect(broken?.examples.join()).not.toContain('null');
  });

  it.each(LET_BE)('lets be %s', async (_, ...statements) => {
    expect(brokenLaws(await verifyBroken(shop.db, statements))).toEqual([]);
  });

  it('breaks every check at least once', async () => {
    const whats = [...SUPPLY_CHECKS, ...PROMISE_CHECKS].map(({ what }) => what);
    expect(await unseenBy(shop.db, BREAKS, whats)).toEqual([]);
  });
});
