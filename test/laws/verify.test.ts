/**
 * `allot verify` finds what is broken and names it: a healthy shop passes; broken in one way on purpose, with
 * constraints taken away where they would not allow it, it fails by exactly that law.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../src/app/verify/verify.ts';
import { PROMISE_CHECKS } from '../../src/laws/promises.ts';
import { SUPPLY_CHECKS } from '../../src/laws/supply.ts';
import {
  type Break,
  brokenLaws,
  type OpenShop,
  openHealthyShop,
  unconstrained,
  unseenBy,
  verifyBroken,
} from './broken-shop.ts';

const BREAKS: readonly Break[] = [
  ['L1', 'a level without its movement', 'update inventory_levels set on_hand = 6 where product_id = 3'],
  [
    'L1',
    'a shipment that never left the books',
    "update movements set kind = 'adjust' where cause = 'ship/S-1'",
  ],
  ['L1', 'a transfer that only arrives', "update movements set kind = 'adjust' where kind = 'transfer_out'"],
  ['L2', 'a gap in the ledger', 'update movements set number = 5 where number = 3'],
  [
    'L2',
    'a wrong balance',
    'update movements set balance = 2 where product_id = 2 and warehouse_id = 1 and number = 1',
  ],
  ['L2', 'a damage that adds', "update movements set kind = 'damage' where product_id = 4"],
  [
    'L3',
    'more allocated than on hand',
    unconstrained('inventory_levels'),
    `insert into movements values (2, 2, 4, 'adjust', -1, 2, 'lost', 'adjust/A-1', now())`,
    'update inventory_levels set on_hand = 2, movements = 4 where product_id = 2 and warehouse_id = 2',
  ],
  [
    'L4',
    'a level that holds units for nobody',
    'update inventory_levels set allocated = 1 where product_id = 3',
  ],
  ['L4', 'a level where no stock is kept', 'insert into inventory_levels values (3, 3, 0, 0, 0)'],
  ['L4', 'an item with more than its allocations', 'update allocations set open = 1 where warehouse_id = 3'],
  [
    'L4',
    'more picked than allocated',
    unconstrained('allocations'),
    'update allocations set picked = 5 where warehouse_id = 3',
  ],
  [
    'L5',
    'buckets that do not add up',
    unconstrained('order_items'),
    unconstrained('item_events'),
    'update order_items set ordered = 11 where order_id = 1',
    'update item_events set ordered = 11 where order_id = 1',
  ],
  [
    'L5',
    'an allocation that shipped more than its item',
    'update allocations set shipped = 4 where order_id = 2',
  ],
  [
    'L5',
    'a shipment of more than was allocated',
    'update shipment_lines set units = 2 where shipment_id = 3',
  ],
  [
    'L6',
    'a status of its own',
    'alter table order_items alter column status drop expression',
    "update order_items set status = 'allocated' where order_id = 1",
  ],
  ['L6', 'pending units without a hold', 'update orders set hold = null where id = 3'],
  ['L6', 'an order on hold in the queue', "update orders set hold = 'fraud' where id = 6"],
  ['L6', 'an item with a priority of its own', 'update order_items set priority = 9 where order_id = 1'],
  [
    'L7',
    'a channel counter',
    "update limit_counters set backordered = 5 where product_id = 1 and scope = 'channel'",
  ],
  [
    'L7',
    'a customer counter',
    "update limit_counters set preordered = 3 where product_id = 2 and scope = 'customer'",
  ],
  [
    'L7',
    'a counter that is missing',
    "delete from limit_counters where product_id = 3 and scope = 'customer'",
  ],
  ['L7', 'units that are not counted by a limit', 'delete from sell_policies where product_id = 3'],
  [
    'L7',
    'counters of a product without such limits',
    'update product_positions set counts_waiting = false where product_id = 1',
  ],
  [
    'L8',
    'more waiting than was allowed',
    `update item_events set explanation = '{"waiting": {"waits": 6, "mayWait": 5}}' where order_id = 1`,
  ],
  ['L8', 'waiting without a word about it', `update item_events set explanation = '{}' where order_id = 7`],
  [
    'L9',
    'a shipment before its release',
    "update shipment_lines set released_at = now() + interval '1 hour' where shipment_id = 2",
  ],
  [
    'L9',
    'a pre-order shipped under a release that it says nothing of',
    'update shipment_lines set released_at = null where shipment_id = 2',
    `insert into releases_in_force values (2, null, now() - interval '3 days', true, now() - interval '1 day'),
       (2, null, now() - interval '2 days', true, now() + interval '1 year'), (2, null, now() + interval '1 hour', true, null)`,
  ],
  [
    'L9',
    'a pre-order shipped before the release of its own channel',
    `insert into releases_in_force values (2, null, now() - interval '3 days', true, null),
       (2, 2, now() - interval '2 days', true, now() + interval '1 year')`,
  ],
  ['L11', 'an item beside free stock', "update order_items set rejected_by = '{}' where order_id = 7"],
  ['L11', 'an item beside stock that always delivers', 'insert into channel_warehouses values (1, 3, 3)'],
  [
    'L11',
    'an item beside free stock that is bought no more',
    'update order_items set bought = false where order_id = 9',
    'update product_positions set promise_due_at = now() where product_id = 6',
  ],
  ['L11', 'a whole order of which all is free', 'update product_positions set fill_due_at = null'],
  [
    'L11',
    'a whole order of which all is free, and whose fill fails',
    `insert into products_set_aside select product_id, 'fill', 3, now(), now() + interval '1 minute', 'broken'
      from product_positions where fill_due_at is not null`,
  ],
  [
    'L14',
    'an order number used twice',
    unconstrained('orders'),
    "update orders set number = '1001' where id = 2",
  ],
  [
    'L14',
    'a stock document recorded twice',
    unconstrained('stock_documents'),
    `insert into stock_documents (kind, reference, contents_hash, answer, recorded_at)
     values ('receive', 'DN-1', 'a', '{}', now())`,
  ],
  [
    'L14',
    'a document with two effects',
    `insert into movements values (3, 1, 2, 'receive', 5, 10, null, 'receive/DN-1', now())`,
    'update inventory_levels set on_hand = 10, movements = 2 where product_id = 3',
  ],
  [
    'L14',
    'a shipment sent twice',
    unconstrained('shipments'),
    "update shipments set reference = 'S-1' where id = 3",
  ],
  [
    'L14',
    'an idempotency key used twice',
    unconstrained('idempotency_keys'),
    `insert into idempotency_keys values ('key-1', 'placeOrder', 'b', '{}', now())`,
  ],
  ['L15', 'a gap in the history', 'update item_events set number = 3 where order_id = 2 and number = 2'],
  ['L15', 'an item that counts its events wrongly', 'update order_items set events = 2 where order_id = 1'],
  [
    'L15',
    'a history that does not lead here',
    'update item_events set ordered = 3, pending = 3 where order_id = 3',
  ],
  [
    'L15',
    'an event that names the wrong bucket',
    "update item_events set entered = '{shipped}' where order_id = 3",
  ],
  [
    'L16',
    'a figure by day that counts an item twice',
    "insert into day_facts select current_date, 1, 'shipped', 1, 1, 0, 0, 0, 0, 0, 1, 0, 100",
  ],
  [
    'L16',
    'a day on which more was filled at once',
    'insert into fill_facts values (current_date, 1, 1, 1, 1, 1)',
  ],
  ['L16', 'a block of a queue that counts units nobody waits with', 'update queue_blocks set units = 7'],
  [
    'L16',
    'a position that counts wrongly',
    'update product_positions set backordered = 7 where product_id = 1',
  ],
  [
    'L18',
    'allocated units given up before waiting ones',
    `insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ordered, pending,
       allocated, backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation)
     values (1, 1, 2, now(), 1, 1, 'cancelled', 0, 0, -1, 0, 0, 0, 0, 1, '{cancelled}', '{}', '{}'),
            (1, 1, 3, now(), 1, 1, 'changed', 0, 0, 1, 0, 0, 0, 0, -1, '{}', '{cancelled}', '{}')`,
    'update order_items set events = 3 where order_id = 1',
  ],
  [
    'L20',
    'a price below zero',
    unconstrained('order_items'),
    'update order_items set unit_price = -1 where order_id = 1',
  ],
  [
    'L20',
    'an order of more value than a number can say',
    unconstrained('order_items'),
    'update order_items set unit_price = 910000000000000 where order_id = 1',
  ],
  [
    'L20',
    'a column that can hold half a unit',
    'alter table order_refusals alter column wanted type numeric',
  ],
  ['references', 'an item without its order', 'delete from orders where id = 7'],
  [
    'references',
    'an order without items',
    `insert into orders values (99, 1, '9', null, 0, now(), now(), null, 'partial', 'hold', null, 'x')`,
  ],
  [
    'references',
    'an allocation of another product',
    'update allocations set product_id = 1 where warehouse_id = 3',
  ],
  ['references', 'an event of another channel', 'update item_events set channel_id = 2 where order_id = 3'],
  [
    'references',
    'a shipment without lines',
    `insert into shipments (id, order_id, warehouse_id, reference, contents_hash, answer, shipped_at)
     overriding system value values (9, 1, 1, 'S-9', 'x', '{}', now())`,
  ],
  [
    'references',
    'a shipment line of another product',
    'update shipment_lines set product_id = 1 where shipment_id = 3',
  ],
  ['references', 'a level of no product', 'insert into inventory_levels values (99, 1, 0, 0, 0)'],
  ['references', 'a product without its position', "insert into products (sku, name) values ('NEW', 'New')"],
  ['references', 'a counter of no channel', "insert into limit_counters values (1, 'channel', '99', 0, 0)"],
  ['references', 'a refusal of no channel', 'update order_refusals set channel_id = 99'],
  [
    'references',
    'a purchase order without lines',
    `insert into purchase_orders (id, number, supplier_id, stage, created_at, events)
     overriding system value values (99, 'PO-99', 1, 'draft', now(), 1)`,
    `insert into purchase_order_events values (99, 1, now(), 'drafted', '{}')`,
  ],
  [
    'references',
    'a line bought for an item of another product',
    'update purchase_order_lines set for_order = 8, for_line = 1 where purchase_order_id = 1 and line = 2',
  ],
  [
    'references',
    'a line that arrives where no stock is kept',
    'update purchase_order_lines set warehouse_id = 3 where purchase_order_id = 2',
  ],
  [
    'references',
    'a quoted day of no line',
    'insert into expected_dates values (1, 9, 1, current_date, now(), null)',
  ],
  [
    'references',
    'a shadow decision about more units than were ordered',
    `update shadow_decisions set after = jsonb_set(after, '{waitingUnits}', '99')`,
  ],
  ['references', 'a promise of another product', 'update promises set product_id = 5 where line = 2'],
  [
    'references',
    'terms of no supplier',
    unconstrained('supplier_products'),
    'insert into supplier_products values (1, 99, null, 1, 0, 1, 0, null, false, false)',
  ],
];

describe('allot verify', () => {
  let shop: OpenShop;

  beforeAll(async () => {
    shop = await openHealthyShop();
  }, 120_000);
  afterAll(() => shop.close());

  it('finds nothing wrong with a healthy shop, and something to look at for every check', async () => {
    const report = await verify(shop.db);
    expect(report.checks.filter((check) => check.violations > 0)).toEqual([]);
    expect(report).toMatchObject({ ok: true, items: 14, fillsDue: 1 });
    expect(report.checks.filter((check) => check.checked === 0)).toEqual([]);
  });

  it.each(BREAKS)('names %s for %s', async (law, _, ...statements) => {
    const report = await verifyBroken(shop.db, statements);
    expect(brokenLaws(report)).toEqual([law]);
    expect(report.ok).toBe(false);
    const [broken] = report.checks.filter((check) => check.violations > 0);
    expect(broken?.examples.length).toBeGreaterThan(0);
    expect(broken?.examples.join()).not.toContain('null');
  });

  it('breaks every check at least once, but those of supply and promises (verify-supply.test.ts)', async () => {
    const { checks } = await verify(shop.db);
    const elsewhere = new Set([...SUPPLY_CHECKS, ...PROMISE_CHECKS].map(({ what }) => what));
    const whats = checks.map(({ what }) => what).filter((what) => !elsewhere.has(what));
    expect(await unseenBy(shop.db, BREAKS, whats)).toEqual([]);
  });
});
