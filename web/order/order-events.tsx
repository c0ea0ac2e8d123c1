/**
 * What happened to an order, newest first, grouped by day: what machines decided, what people did, and what the customer was
 * told, in one line of time.
 */
import { Title } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Entries } from '../components/entries.tsx';
import { Loading, Problem } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

const PAGE = 100;

type ItemEvent = AnswerOf<'listOrderEvents'>['rows'][number];
type PromiseEvent = AnswerOf<'listPromises'>['rows'][number];
type OrderEvent =
  | { readonly kind: 'item'; readonly event: ItemEvent }
  | { readonly kind: 'promise'; readonly event: PromiseEvent };

export function OrderEvents({ orderId }: { readonly orderId: number }) {
  const { day } = useLanguage();
  const asked = { params: { orderId }, query: { limit: PAGE } };
  const items = useAnswer('listOrderEvents', asked);
  const promises = useAnswer('listPromises', asked);
  if (items.isPending) return <Loading />;
  if (items.isError) return <Problem error={items.error} again={items.refetch} />;
  const events: OrderEvent[] = [
    ...items.data.rows.map((event) => ({ kind: 'item' as const, event })),
    ...(promises.data?.rows ?? []).map((event) => ({ kind: 'promise' as const, event })),
  ].sort((a, b) => b.event.recordedAt.localeCompare(a.event.recordedAt));
  return [...byDay(events)].map(([date, ofDay]) => (
    <section key={date} aria-label={day(date)}>
      <Title order={3} size="h5" mt="md">
        {day(date)}
      </Title>
      <Entries>
        {ofDay.map((each) => (
          <EventLine key={`${each.kind}/${each.event.line}/${each.event.number}`} of={each} />
        ))}
      </Entries>
    </section>
  ));
}

/** By the day on the viewer's calendar. */
function byDay(events: readonly OrderEvent[]): Map<string, OrderEvent[]> {
  const days = new Map<string, OrderEvent[]>();
  for (const each of events) {
    const date = new Date(each.event.recordedAt).toLocaleDateString('sv');
    days.set(date, [...(days.get(date) ?? []), each]);
  }
  return days;
}

function EventLine({ of }: { readonly of: OrderEvent }) {
  const { words, clock, exact } = useLanguage();
  const { recordedAt, line } = of.event;
  return (
    <li>
      <time className={tone.soft} dateTime={recordedAt} title={exact(recordedAt)}>
        {clock(recordedAt)}
      </time>{' '}
      {words.events.line(line)}{' '}
      {of.kind === 'item' ? <Happened event={of.event} /> : <Told event={of.event} />}
    </li>
  );
}

function Happened({ event }: { readonly event: ItemEvent }) {
  const { words, figure } = useLanguage();
  const changes = Object.entries(event.change).flatMap(([bucket, units]) => {
    const name = bucket === 'ordered' ? words.events.ordered : bucketName(words.status, bucket);
    return name === undefined ? [] : [`${units > 0 ? '+' : '−'}${figure(Math.abs(units))} ${name}`];
  });
  const cause = Object.entries(words.events.causes).find(([name]) => name === event.cause)?.[1];
  return (
    <>
      <strong>{cause ?? event.cause}</strong> <span className={tone.soft}>{changes.join(', ')}</span>
    </>
  );
}

/** The last of the days that were named; the others are in the item's promise. */
function Told({ event }: { readonly event: PromiseEvent }) {
  const { words, day } = useLanguage();
  const days = event.new.map(({ on }) => on);
  const last = days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
  return <strong>{last === null ? words.order.toldUnknown : words.order.told(day(last))}</strong>;
}

/** As it is written within a sentence: German keeps the capitals of its nouns. */
function bucketName(names: Readonly<Record<string, string>>, bucket: string): string | undefined {
  const name = names[bucket];
  return name === undefined ? undefined : `${name.slice(0, 1).toLocaleLowerCase()}${name.slice(1)}`;
}
