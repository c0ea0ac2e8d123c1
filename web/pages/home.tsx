/** Home: what waits, what arrives, what came in. Every figure leads to its rows. */
import { Group, NativeSelect, SegmentedControl, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { PageHead } from '../components/page-head.tsx';
import { QuantityBar } from '../components/quantity-bar.tsx';
import { Ago, StatusBadge } from '../components/said.tsx';
import { Empty, Loading, Problem } from '../components/states.tsx';
import { type Measure, StatusBars } from '../components/status-bars.tsx';
import { useLanguage } from '../words/words.tsx';

const DAY_MS = 86_400_000;
const RANGES = [1, 7, 30, 90];
const ROWS = 8;

export function HomePage() {
  const { words } = useLanguage();
  return (
    <>
      <PageHead title={words.home.title} sentence={words.home.levels} />
      <div className="widgets">
        <ItemsByStatus />
        <LatestOrders />
        <Arriving title={words.home.arriving} late={false} />
        <Arriving title={words.home.late} late />
      </div>
    </>
  );
}

interface WidgetProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly choices?: ReactNode;
}

function Widget({ title, children, choices }: WidgetProps) {
  return (
    <section className="widget" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {choices}
      </Group>
      {children}
    </section>
  );
}

/** Midnight so many days ago, so that the same choice is the same address all day. */
function startOf(days: number): string {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  return new Date(midnight.getTime() - (days - 1) * DAY_MS).toISOString();
}

function ItemsByStatus() {
  const { words } = useLanguage();
  const [measure, setMeasure] = useState<Measure>('items');
  const [days, setDays] = useState(0);
  const [channel, setChannel] = useState('');
  const channels = useAnswer('listSalesChannels');
  const placedFrom = days === 0 ? undefined : startOf(days);
  const query = { ...(placedFrom !== undefined && { placedFrom }), ...(channel !== '' && { channel }) };
  const answer = useAnswer('itemsByStatus', { query });
  const measures = (['items', 'units', 'value'] as const).map((value) => ({
    value,
    label: words.home[value],
  }));
  return (
    <Widget title={words.home.byStatus}>
      <Group gap="xs" mb="md">
        <SegmentedControl
          aria-label={words.home.measure}
          size="xs"
          value={measure}
          onChange={(value) => setMeasure(value as Measure)}
          data={measures}
        />
        <NativeSelect
          size="xs"
          aria-label={words.home.since}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={[
            { value: '0', label: words.home.always },
            ...RANGES.map((each) => ({ value: String(each), label: words.home.days(each) })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={words.orders.channel}
          value={channel}
          onChange={(event) => setChannel(event.currentTarget.value)}
          data={[
            { value: '', label: words.table.anyChannel },
            ...(channels.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      </Group>
      {answer.isPending && <Loading rows={9} />}
      {answer.isError && <Problem error={answer.error} again={answer.refetch} />}
      {answer.isSuccess && (
        <StatusBars
          rows={answer.data.rows}
          measure={measure}
          placedFrom={placedFrom}
          channel={channel === '' ? undefined : channel}
        />
      )}
    </Widget>
  );
}

function LatestOrders() {
  const { words } = useLanguage();
  const answer = useAnswer('listOrders', { query: { limit: ROWS } });
  return (
    <Widget title={words.home.latest}>
      {answer.isPending && <Loading />}
      {answer.isError && <Problem error={answer.error} again={answer.refetch} />}
      {answer.isSuccess && answer.data.rows.length === 0 && <Empty>{words.home.noOrders}</Empty>}
      {answer.isSuccess && (
        <ul className="events">
          {answer.data.rows.map((order) => (
            <li key={order.id}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <span>
                  <Link to="/orders/$orderId" params={{ orderId: String(order.id) }}>
                    {order.number}
                  </Link>{' '}
                  <span className="soft">
                    {order.channel}, <Ago at={order.placedAt} />
                  </span>
                </span>
                <StatusBadge status={order.status} />
              </Group>
              <QuantityBar quantities={order.quantities} />
            </li>
          ))}
        </ul>
      )}
    </Widget>
  );
}

function Arriving({ title, late }: { readonly title: string; readonly late: boolean }) {
  const { words, day, figure } = useLanguage();
  const answer = useAnswer('listPurchaseOrders', { query: { limit: 100, ...(late && { late: 'true' }) } });
  const open = (answer.data?.rows ?? [])
    .filter((order) => order.open > 0 && order.nextExpectedOn !== null && order.status !== 'draft')
    .toSorted((a, b) => (a.nextExpectedOn ?? '').localeCompare(b.nextExpectedOn ?? ''))
    .slice(0, ROWS);
  return (
    <Widget title={title}>
      {answer.isPending && <Loading />}
      {answer.isError && <Problem error={answer.error} again={answer.refetch} />}
      {answer.isSuccess && open.length === 0 && (
        <Empty>{late ? words.home.noneLate : words.home.nothingArriving}</Empty>
      )}
      <ul className="events">
        {open.map((order) => (
          <li key={order.number}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <span>
                {order.number} <span className="soft">{order.supplier}</span>
              </span>
              <span>
                {words.incoming.units(figure(order.open))} ·{' '}
                {order.nextExpectedOn !== null && day(order.nextExpectedOn)}
              </span>
            </Group>
          </li>
        ))}
      </ul>
    </Widget>
  );
}
