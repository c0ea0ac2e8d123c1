/**
 * Item events: append-only, one for each committed change of an item, numbered 1, 2, 3 … per item, written in the
 * transaction of the change. They are the one source of history, outgoing events and reports.
 */
import { sql } from 'kysely';
import type { Explanation } from '../../core/allocation/explanation.ts';
import type { Instant } from '../../core/kernel/time.ts';
import { type BucketChange, type Buckets, entered } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { ints, texts } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { storedExplanation } from './stored-explanation.ts';

export const EVENT_CAUSES = [
  'placed',
  'filled',
  'changed',
  'cancelled',
  'held',
  'lifted',
  'taken_back',
  'short_picked',
  'rejected',
  'prioritized',
  'acknowledged',
  'picked',
  'shipped',
] as const;
export type EventCause = (typeof EVENT_CAUSES)[number];

export interface ItemEvent {
  /** The item after the change. */
  readonly item: OrderItem;
  readonly before: Buckets;
  readonly change: BucketChange;
  readonly cause: EventCause;
  readonly reference: string | null;
  readonly explanation: Explanation;
}

export async function insertEvents(tx: Tx, events: readonly ItemEvent[], now: Instant): Promise<void> {
  // One text: as an array of texts each quote in it would be escaped once more, here and there.
  const explanations = JSON.stringify(events.map((event) => storedExplanation(event.explanation)));
  const by = (name: keyof Buckets) => ints(events.map(({ change }) => change[name]));
  await sql`
    insert into item_events (order_id, line, number, product_id, channel_id, cause, reference, ordered, pending,
      allocated, backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation,
      recorded_at)
    select e.order_id, e.line, e.number, e.product_id, e.channel_id, e.cause, e.reference, e.ordered, e.pending,
      e.allocated, e.backordered, e.preordered, e.unfillable, e.shipped, e.cancelled, e.entered::text[],
      e.left_buckets::text[], e.explanation, ${new Date(now)}
    from rows from (unnest(
      ${ints(events.map(({ item }) => item.order))}::bigint[],
      ${ints(events.map(({ item }) => item.line))}::smallint[],
      ${ints(events.map(({ item }) => item.events))}::int[],
      ${ints(events.map(({ item }) => item.product))}::int[],
      ${ints(events.map(({ item }) => item.channel))}::int[],
      ${texts(events.map((event) => event.cause))}::text[],
      ${texts(events.map((event) => event.reference))}::text[],
      ${by('ordered')}::int[], ${by('pending')}::int[], ${by('allocated')}::int[], ${by('backordered')}::int[],
      ${by('preordered')}::int[], ${by('unfillable')}::int[], ${by('shipped')}::int[], ${by('cancelled')}::int[],
      ${texts(events.map(({ before, item }) => `{${entered(before, item.buckets).join(',')}}`))}::text[],
      ${texts(events.map(({ before, item }) => `{${entered(item.buckets, before).join(',')}}`))}::text[]
    ), jsonb_array_elements(${explanations}::jsonb)) as e(order_id, line, number, product_id, channel_id, cause,
      reference, ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled, entered,
      left_buckets, explanation)`.execute(tx);
}
