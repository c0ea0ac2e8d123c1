/**
 * The laws of supply: what is on its way is what was ordered and has not come (L13), what was received of a
 * purchase order is what the ledger says (L1), the days suppliers quoted and the acts on an order are
 * numbered without gaps (L15), what is bought for an item is really coming (L11), and a position repeats its
 * supplier's terms (L16).
 *
 * What customers were told of it is looked at in promises.ts.
 */
import { type RawBuilder, sql } from 'kysely';
import { check, itemOf, skuOf } from './check.ts';

/** 'PO-7 line 2', from the columns purchase_order_id and line of `table`. */
export function purchaseLineOf(table: string): RawBuilder<string> {
  const id = sql.ref(`${table}.purchase_order_id`);
  return sql`coalesce((
    select its_purchase.number from purchase_orders its_purchase where its_purchase.id = ${id} limit 1
  ), 'purchase order ' || ${id}) || ' line ' || ${sql.ref(`${table}.line`)}`;
}

const incomingIsOpen = check(
  'L13',
  'incoming of a purchase order line is what of it is open, once the order was sent',
  sql`
    select l.incoming is distinct from case when p.stage in ('sent', 'confirmed')
             then greatest(0, l.ordered - l.received - l.closed) else 0 end as broken,
           ${purchaseLineOf('l')} || ' (' || p.stage || '): ordered ' || l.ordered || ', received ' || l.received
             || ', closed ' || l.closed || ', yet incoming ' || l.incoming as example
    from purchase_order_lines l
    join purchase_orders p on p.id = l.purchase_order_id`,
);

const receivedIsTheSum = check(
  'L1',
  'received of a purchase order line is the sum of its receipts',
  sql`
    select coalesce(came.received, 0) <> coalesce(came.units, 0) as broken,
           ${purchaseLineOf('came')} || ': received ' || coalesce(came.received::text, '(no line)')
             || ', its receipts add up to ' || coalesce(came.units, 0) as example
    from (
      select purchase_order_id, line, l.received, r.units
      from purchase_order_lines l
      full join (
        select purchase_order_id, line, sum(units) as units
        from purchase_order_receipts group by purchase_order_id, line
      ) r using (purchase_order_id, line)
    ) came`,
);

/** A document moves a place once (L14), so the movement is compared as it stands. */
const receiptsMoveStock = check(
  'L1',
  'what a receipt counted in on purchase orders is what its document moved',
  sql`
    select m.units is distinct from counted.units as broken,
           coalesce('receive/' || d.reference, 'document ' || counted.document_id || ', which is no receipt')
             || ': counted ' || counted.units || ' of ' || ${skuOf('counted.product_id')} || ' in on purchase orders, moved '
             || coalesce(m.units, 0) as example
    from (
      select r.document_id, l.product_id, l.warehouse_id, sum(r.units) as units
      from purchase_order_receipts r
      join purchase_order_lines l using (purchase_order_id, line)
      group by r.document_id, l.product_id, l.warehouse_id
    ) counted
    left join stock_documents d on d.id = counted.document_id and d.kind = 'receive'
    left join movements m on m.product_id = counted.product_id and m.warehouse_id = counted.warehouse_id
      and m.kind = 'receive' and m.cause = 'receive/' || d.reference`,
);

/** A draft may name a day that it asks for; from sending on every day is kept. */
const quotesAreKept = check(
  'L15',
  'the days quoted for a line that was sent are numbered 1, 2, 3 …, and the last is the day it is expected',
  sql`
    select coalesce(e.days, 0) <> coalesce(e.last, 0) or (coalesce(e.days, 0) > 0) <> (p.sent_at is not null)
             or (p.sent_at is not null and e.last_day is distinct from l.expected_on) as broken,
           ${purchaseLineOf('l')} || ': ' || coalesce(e.days, 0) || ' days quoted, the last is number '
             || coalesce(e.last, 0) || ' for ' || coalesce(e.last_day::text, 'no day') || ', expected on '
             || coalesce(l.expected_on::text, 'no day') as example
    from purchase_order_lines l
    join purchase_orders p on p.id = l.purchase_order_id
    left join (
      select purchase_order_id, line, count(*) as days, max(number) as last,
             (array_agg(expected_on order by number desc))[1] as last_day
      from expected_dates group by purchase_order_id, line
    ) e using (purchase_order_id, line)`,
);

const purchaseEventsNumbered = check(
  'L15',
  'events of a purchase order are numbered 1, 2, 3 … and the order knows the last number',
  sql`
    select p.events is distinct from coalesce(e.rows, 0) or p.events is distinct from coalesce(e.last, 0)
             or p.events = 0 as broken,
           p.number || ': ' || coalesce(e.rows, 0) || ' events, the last is number ' || coalesce(e.last, 0)
             || ', the order says ' || p.events as example
    from purchase_orders p
    left join (
      select purchase_order_id, count(*) as rows, max(number) as last
      from purchase_order_events group by purchase_order_id
    ) e on e.purchase_order_id = p.id`,
);

/** Outside the queue nothing else will ever serve it. Open units of a draft count: somebody is to send it. */
const boughtIsComing = check(
  'L11',
  'an item that waits outside the queue has open purchase order lines of its own for all of it, and is no whole order',
  sql`
    select i.whole or i.backordered + i.preordered + i.unfillable > coalesce(own.open, 0) as broken,
           ${itemOf('i')} || case when i.whole then ': bought by itself, though its order is served whole'
             else ': ' || i.backordered + i.preordered + i.unfillable || ' wait outside the queue, '
               || coalesce(own.open, 0) || ' are bought for it' end as example
    from order_items i
    left join (
      select l.for_order, l.for_line, sum(greatest(0, l.ordered - l.received - l.closed)) as open
      from purchase_order_lines l
      join purchase_orders p on p.id = l.purchase_order_id and p.stage <> 'cancelled'
      where l.for_order is not null
      group by l.for_order, l.for_line
    ) own on own.for_order = i.order_id and own.for_line = i.line
    where i.bought`,
);

const positionsRepeatTerms = check(
  'L16',
  'a product is bought to order where the supplier asked first sells it so',
  sql`
    select g.buy_to_order is distinct from coalesce(asked_first.buy_to_order, false) as broken,
           ${skuOf('g.product_id')} || case when g.buy_to_order then ': bought to order, the terms say otherwise'
             else ': not bought to order, the terms say it is' end as example
    from product_positions g
    left join (
      select distinct on (t.product_id) t.product_id, t.buy_to_order
      from supplier_products t
      join suppliers s on s.id = t.supplier_id and s.enabled
      order by t.product_id, t.preference, s.code
    ) asked_first using (product_id)`,
);

export const SUPPLY_CHECKS = [
  incomingIsOpen,
  receivedIsTheSum,
  receiptsMoveStock,
  quotesAreKept,
  purchaseEventsNumbered,
  boughtIsComing,
  positionsRepeatTerms,
];
