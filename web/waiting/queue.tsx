/** The queue of a product, first in line first: since when each waits, how much is ahead, what is promised. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { List } from '../components/list/list.tsx';
import { Promised } from '../components/promised.tsx';
import { Ago } from '../components/said.tsx';
import { OrderAside } from '../order/order-aside.tsx';
import { useLanguage } from '../words/words.tsx';
import type { WaitingProps } from './search-of-waiting.ts';

const PAGE = 100;

export function Queue({ sku, search, choose }: WaitingProps & { readonly sku: string }) {
  const { words, figure } = useLanguage();
  const navigate = useNavigate();
  const { cursor } = search;
  const answer = useAnswer('listWaiting', {
    query: { sku, limit: PAGE, ...(cursor !== undefined && { cursor }) },
  });
  const orderOf = (key: string) => key.split('/')[0] ?? '';
  return (
    <List
      name="queue"
      label={words.waiting.title}
      answer={answer}
      keyOf={(item) => `${item.orderId}/${item.line}`}
      empty={words.waiting.nobody}
      search={search}
      choose={choose}
      file={fileOf('listWaiting', { sku })}
      aside={(key) => <OrderAside orderId={orderOf(key)} />}
      visit={(key) => void navigate({ to: '/orders/$orderId', params: { orderId: orderOf(key) } })}
      columns={[
        {
          id: 'order',
          head: words.waiting.order,
          cell: (item) => (
            <Link to="/orders/$orderId" params={{ orderId: String(item.orderId) }}>
              {item.orderNumber}/{item.line}
            </Link>
          ),
        },
        { id: 'channel', head: words.orders.channel, cell: (item) => item.channel },
        { id: 'since', head: words.waiting.since, cell: (item) => <Ago at={item.waitingSince} /> },
        {
          id: 'priority',
          head: words.waiting.priority,
          cell: (item) => figure(item.priority),
          isFigure: true,
        },
        { id: 'ahead', head: words.waiting.ahead, cell: (item) => figure(item.unitsAhead), isFigure: true },
        {
          id: 'units',
          head: words.waiting.units,
          cell: (item) => figure(item.backordered + item.preordered + item.unfillable),
          isFigure: true,
        },
        { id: 'promise', head: words.waiting.promised, cell: (item) => <Promised slices={item.promise} /> },
      ]}
    />
  );
}
