/**
 * What became of the units that did not get stock at once, and how long those that got it later waited. Read from
 * the history of each such order, unit by unit: every event says how many units came into and went out of each
 * bucket, and a fill names the act that freed the stock. The time is measured on the clock of the orders, from
 * placing to that act.
 */

import type { Client } from '../../contract/call.ts';
import type { AnswerOf } from '../../contract/operations.ts';
import { inFlight } from './in-flight.ts';
import type { Tally, WaitingOrder } from './tally.ts';

export interface Outcome {
  /** Allocated after placing. */
  later: number;
  /** Backordered or preordered to this day. */
  waiting: number;
  unfillable: number;
  onHold: number;
  /** Cancelled before they got stock. */
  cancelled: number;
  /** Filled by an act that this run did not do, so that its moment is not known. */
  unknownMoment: number;
}

export interface TimeToFill {
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
}

/** So many units waited so long. */
export interface Wait {
  readonly units: number;
  readonly seconds: number;
}

type HistoryEvent = AnswerOf<'listOrderEvents'>['rows'][number];

const IN_FLIGHT = 8;
const PAGE = 200;

async function* eventsOf(client: Client, orderId: number): AsyncGenerator<HistoryEvent> {
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
    const page = await client.must('listOrderEvents', { params: { orderId }, query });
    yield* page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Units that left the buckets of those without stock, other than to wait differently. */
function unitsLeavingTheQueue(change: HistoryEvent['change']): number {
  const buckets = ['pending', 'backordered', 'preordered', 'unfillable'];
  return -buckets.reduce((sum, bucket) => sum + (change[bucket] ?? 0), 0);
}

function addEvent(outcome: Outcome, event: HistoryEvent): void {
  const { change } = event;
  outcome.waiting += (change['backordered'] ?? 0) + (change['preordered'] ?? 0);
  outcome.unfillable += change['unfillable'] ?? 0;
  outcome.onHold += change['pending'] ?? 0;
  if (event.cause === 'placed') return;
  if ((change['cancelled'] ?? 0) > 0) outcome.cancelled += unitsLeavingTheQueue(change);
  else outcome.later += Math.max(0, change['allocated'] ?? 0);
}

/** Reads the history of every order that waited. `onOrder` is called as each is done. */
export async function readOutcome(
  client: Client,
  tally: Tally,
  onOrder: () => void,
): Promise<{ readonly outcome: Outcome; readonly waits: readonly Wait[] }> {
  const outcome: Outcome = { later: 0, waiting: 0, unfillable: 0, onHold: 0, cancelled: 0, unknownMoment: 0 };
  const waits: Wait[] = [];
  async function readOrder({ id, placedAt }: WaitingOrder): Promise<void> {
    for await (const event of eventsOf(client, id)) {
      addEvent(outcome, event);
      const units = event.cause === 'placed' ? 0 : Math.max(0, event.change['allocated'] ?? 0);
      if (units === 0) continue;
      const reference = event.cause === 'lifted' ? `lift/${id}` : (event.reference ?? '');
      const moment = tally.momentOf(reference, Date.parse(event.recordedAt));
      if (moment === undefined) outcome.unknownMoment += units;
      else waits.push({ units, seconds: (moment - placedAt) / 1000 });
    }
    onOrder();
  }
  await inFlight(tally.waiting, IN_FLIGHT, readOrder);
  return { outcome, waits };
}

/** The waiting time that a share of the units did not exceed. */
function quantile(sorted: readonly Wait[], share: number): number | null {
  const total = sorted.reduce((sum, { units }) => sum + units, 0);
  let passed = 0;
  for (const { units, seconds } of sorted) {
    passed += units;
    if (passed >= share * total) return seconds;
  }
  return null;
}

export function timeToFill(waits: readonly Wait[]): TimeToFill {
  const sorted = [...waits].sort((a, b) => a.seconds - b.seconds);
  return { medianSeconds: quantile(sorted, 0.5), p90Seconds: quantile(sorted, 0.9) };
}
