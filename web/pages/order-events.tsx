/** What happened to an order, newest first, grouped by day. */
import { Title } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.ts';
import { Loading, Problem } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';

const PAGE = 100;

type OrderEvent = AnswerOf<'listOrderEvents'>['rows'][number];

export function OrderEvents({ orderId }: { readonly orderId: number }) {
  const { day } = useLanguage();
  const answer = useAnswer('listOrderEvents', { params: { orderId }, query: { limit: PAGE } });
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
  return [...byDay(answer.data.rows)].map(([date, events]) => (
    <section key={date} aria-label={day(date)}>
      <Title order={3} size="h5" mt="md">
        {day(date)}
      </Title>
      <ul className="events">
        {events.map((event) => (
          <EventLine key={`${event.line}/${event.number}`} event={event} />
        ))}
      </ul>
    </section>
  ));
}

/** By the day on the viewer's calendar. */
function byDay(events: readonly OrderEvent[]): Map<string, OrderEvent[]> {
  const days = new Map<string, OrderEvent[]>();
  for (const event of events) {
    const date = new Date(event.recordedAt).toLocaleDateString('sv');
    days.set(date, [...(days.get(date) ?? []), event]);
  }
  return days;
}

function EventLine({ event }: { readonly event: OrderEvent }) {
  const { words, clock, exact, figure } = useLanguage();
  const changes = Object.entries(event.change).flatMap(([bucket, units]) => {
    const name = bucket === 'ordered' ? words.events.ordered : bucketName(words.status, bucket);
    return name === undefined ? [] : [`${units > 0 ? '+' : '−'}${figure(Math.abs(units))} ${name}`];
  });
  const cause = Object.entries(words.events.causes).find(([name]) => name === event.cause)?.[1];
  return (
    <li>
      <time className="soft" dateTime={event.recordedAt} title={exact(event.recordedAt)}>
        {clock(event.recordedAt)}
      </time>{' '}
      {words.events.line(event.line)} <strong>{cause ?? event.cause}</strong>{' '}
      <span className="soft">{changes.join(', ')}</span>
    </li>
  );
}

function bucketName(names: Readonly<Record<string, string>>, bucket: string): string | undefined {
  return names[bucket]?.toLocaleLowerCase();
}
