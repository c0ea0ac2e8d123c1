/** Who waits for a product, first in line first: since when, how much is ahead, and what is promised. */
import { Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Promised } from '../components/promised.tsx';
import { Ago } from '../components/said.tsx';
import { TextFilter } from '../components/text-filter.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/waiting');
const PAGE = 100;

export function WaitingPage() {
  const { words } = useLanguage();
  const { sku, cursor } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={words.waiting.title} sentence={sku ?? words.waiting.choose} />
      <Group mb="md">
        <TextFilter
          label={words.orders.sku}
          value={sku}
          choose={(chosen) =>
            void navigate({ to: '/waiting', search: chosen === undefined ? {} : { sku: chosen } })
          }
        />
      </Group>
      {sku === undefined ? <WaitingProducts cursor={cursor} /> : <Queue sku={sku} cursor={cursor} />}
    </>
  );
}

function Queue({ sku, cursor }: { readonly sku: string; readonly cursor: string | undefined }) {
  const { words, figure } = useLanguage();
  const navigate = useNavigate();
  const query = { sku, limit: PAGE, ...(cursor !== undefined && { cursor }) };
  const answer = useAnswer('listWaiting', { query });
  return (
    <List
      label={words.waiting.title}
      answer={answer}
      keyOf={(item) => `${item.orderId}/${item.line}`}
      open={(item) => void navigate({ to: '/orders/$orderId', params: { orderId: String(item.orderId) } })}
      empty={words.waiting.nobody}
      isFirst={cursor === undefined}
      turn={(next) =>
        void navigate({ to: '/waiting', search: next === undefined ? { sku } : { sku, cursor: next } })
      }
      columns={[
        {
          head: words.waiting.order,
          cell: (item) => (
            <Link to="/orders/$orderId" params={{ orderId: String(item.orderId) }}>
              {item.orderNumber}/{item.line}
            </Link>
          ),
        },
        { head: words.orders.channel, cell: (item) => item.channel },
        { head: words.waiting.since, cell: (item) => <Ago at={item.waitingSince} /> },
        { head: words.waiting.priority, cell: (item) => figure(item.priority), isFigure: true },
        { head: words.waiting.ahead, cell: (item) => figure(item.unitsAhead), isFigure: true },
        {
          head: words.waiting.units,
          cell: (item) => figure(item.backordered + item.preordered + item.unfillable),
          isFigure: true,
        },
        { head: words.waiting.promised, cell: (item) => <Promised slices={item.promise} /> },
      ]}
    />
  );
}

function WaitingProducts({ cursor }: { readonly cursor: string | undefined }) {
  const { words, figure } = useLanguage();
  const navigate = useNavigate();
  const query = { waiting: 'true' as const, limit: PAGE, ...(cursor !== undefined && { cursor }) };
  const answer = useAnswer('listProducts', { query });
  return (
    <List
      label={words.products.title}
      answer={answer}
      keyOf={(product) => product.sku}
      open={({ sku }) => void navigate({ to: '/waiting', search: { sku } })}
      empty={words.waiting.nobodyAtAll}
      isFirst={cursor === undefined}
      turn={(next) => void navigate({ to: '/waiting', search: next === undefined ? {} : { cursor: next } })}
      columns={[
        { head: words.orders.sku, cell: (product) => product.sku },
        { head: words.products.name, cell: (product) => product.name },
        { head: words.status.backordered, cell: (product) => figure(product.backordered), isFigure: true },
        { head: words.status.preordered, cell: (product) => figure(product.preordered), isFigure: true },
        { head: words.status.unfillable, cell: (product) => figure(product.unfillable), isFigure: true },
        { head: words.inventory.available, cell: (product) => figure(product.available), isFigure: true },
      ]}
    />
  );
}
