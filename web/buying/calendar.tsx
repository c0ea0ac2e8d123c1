/** A month of what is expected: each day with its purchase orders and their open units. */
import { Button, Group, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { classes } from '../classes.ts';
import { Answered } from '../components/answered.tsx';
import { Badge } from '../components/said.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './calendar.module.css';

type Row = AnswerOf<'listPurchaseOrders'>['rows'][number];

/** Most purchase orders a month shows; more are in the list. */
const MOST = 200;
const DAY_MS = 86_400_000;

interface CalendarProps {
  /** YYYY-MM; this month when absent. */
  readonly month: string | undefined;
  readonly supplier: string | undefined;
  readonly choose: (month: string) => void;
}

export function Calendar({ month: chosen, supplier, choose }: CalendarProps) {
  const language = useLanguage();
  const { words } = language;
  const today = new Date().toLocaleDateString('sv');
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(chosen ?? '') ? String(chosen) : today.slice(0, 7);
  const answer = useAnswer('listPurchaseOrders', {
    query: {
      sort: 'expected',
      limit: MOST,
      expectedFrom: `${month}-01`,
      expectedUntil: `${later(month, 1)}-01`,
      ...(supplier !== undefined && { supplier }),
    },
  });
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          {language.month(month)}
        </Title>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => choose(later(month, -1))}>
            {words.incoming.monthBefore}
          </Button>
          <Button size="xs" variant="default" onClick={() => choose(today.slice(0, 7))}>
            {words.incoming.thisMonth}
          </Button>
          <Button size="xs" variant="default" onClick={() => choose(later(month, 1))}>
            {words.incoming.monthAfter}
          </Button>
        </Group>
      </Group>
      <Answered answer={answer}>
        {({ rows, nextCursor }) => (
          <>
            {nextCursor !== null && <p className={tone.soft}>{words.incoming.moreThanShown(MOST)}</p>}
            <Month month={month} today={today} rows={rows} />
          </>
        )}
      </Answered>
    </>
  );
}

/** The month so many months later. */
function later(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The days of the weeks that the month touches, Monday first. */
function daysOf(month: string): string[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const end = Date.parse(`${later(month, 1)}-01T00:00:00Z`);
  const weeks = Math.ceil((end - monday) / (7 * DAY_MS));
  return Array.from({ length: weeks * 7 }, (_, at) =>
    new Date(monday + at * DAY_MS).toISOString().slice(0, 10),
  );
}

interface MonthProps {
  readonly month: string;
  readonly today: string;
  readonly rows: readonly Row[];
}

function Month({ month, today, rows }: MonthProps) {
  const { words, weekday, day, figure } = useLanguage();
  const days = daysOf(month);
  return (
    <ol className={styles.calendar} aria-label={words.incoming.calendar}>
      {days.map((date) => {
        const due = rows.filter(({ nextExpectedOn }) => nextExpectedOn === date);
        const isOther = !date.startsWith(month);
        return (
          <li
            key={date}
            className={classes(
              isOther && styles.other,
              date === today && styles.today,
              due.length === 0 && styles.free,
            )}
          >
            <time dateTime={date} title={day(date)}>
              <span className={styles.weekday}>{weekday(date)} </span>
              {Number(date.slice(8))}
            </time>
            {due.map((order) => (
              <Link key={order.number} to="/incoming/$number" params={{ number: order.number }}>
                <span className={tone.cut}>{order.number}</span> {figure(order.open)}
                {order.late && <Badge status="unfillable">{words.incoming.late}</Badge>}
              </Link>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
