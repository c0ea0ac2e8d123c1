/**
 * Exported records of what happened: each change of an item, orders that were refused, keys that were used.
 */

import { sql } from 'kysely';
import { explanationFrom, type StoredExplanation } from '../db/orders/stored-explanation.ts';
import { causeByName, orderNamedBy } from './cause.ts';
import type { RecordKind } from './record.ts';

const events: RecordKind = {
  record: 'item_event',
  instants: ['recordedAt'],
  told: { explanation: (stored) => explanationFrom(stored as StoredExplanation) },
  rows: sql`
    select c.code as channel, o.number as "order", e.line, e.number, e.recorded_at as "recordedAt", e.cause,
      ${causeByName('e.reference')} as reference, e.ordered, e.pending, e.allocated, e.backordered, e.preordered,
      e.unfillable, e.shipped, e.cancelled, e.entered, e.left_buckets as "left", e.explanation
    from item_events e
    join orders o on o.id = e.order_id
    join sales_channels c on c.id = o.channel_id
    ${orderNamedBy('e.reference')}`,
};

const shadowDecisions: RecordKind = {
  record: 'shadow_decision',
  instants: ['decidedAt'],
  rows: sql`
    select c.code as channel, o.number as "order", d.version, d.live_version as "liveVersion",
      d.decided_at as "decidedAt", d.differs, d.refused, d.before, d.after
    from shadow_decisions d
    join orders o on o.id = d.order_id
    join sales_channels c on c.id = o.channel_id`,
};

const refusals: RecordKind = {
  record: 'order_refusal',
  instants: ['recordedAt'],
  rows: sql`
    select c.code as channel, r.number as "order", p.sku, r.code, r.wanted, r.available, r.may_wait as "mayWait",
      r.recorded_at as "recordedAt"
    from order_refusals r
    join sales_channels c on c.id = r.channel_id
    join products p on p.id = r.product_id`,
};

const idempotencyKeys: RecordKind = {
  record: 'idempotency_key',
  instants: ['recordedAt'],
  rows: sql`select k.key, k.operation, k.recorded_at as "recordedAt" from idempotency_keys k`,
};

export const HISTORY_RECORDS = [events, shadowDecisions, refusals, idempotencyKeys];
