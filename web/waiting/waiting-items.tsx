/** Items that wait, oldest first; several can be chosen and put first, or on hold, at once. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { List } from '../components/list/list.tsx';
import { selecting } from '../components/list/selecting.tsx';
import { QuantityBar } from '../components/quantity-bar.tsx';
import { Ago, STATUSES, StatusBadge } from '../components/said.tsx';
import { OrderAside } from '../order/order-aside.tsx';
import { useLanguage } from '../words/words.tsx';
import { BulkActs } from './bulk-acts.tsx';
import type { WaitingProps } from './search-of-waiting.ts';

const PAGE = 100;
type ItemRow = AnswerOf<'listOrderItems'>['rows'][number];

export function WaitingItems({ search, choose }: WaitingProps) {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const status = STATUSES.find((each) => each === search.kind);
  const query = {
    waiting: 'true' as const,
    sort: search.sort === 'newest' ? ('newest' as const) : ('oldest' as const),
    ...(status !== undefined && { status }),
    ...(search.channel !== undefined && { channel: search.channel }),
    ...(search.supplier !== undefined && { supplier: search.supplier }),
  };
  const answer = useAnswer('listOrderItems', {
    query: { ...query, limit: PAGE, ...(search.cursor !== undefined && { cursor: search.cursor }) },
  });
  const keyOf = (item: ItemRow) => `${item.orderId}/${item.line}`;
  return (
    <>
      <BulkActs orders={ordersOf(chosen)} done={() => setChosen(new Set())} />
      <List
        name="waiting-items"
        label={words.waiting.title}
        answer={answer}
        keyOf={keyOf}
        empty={words.waiting.nobodyAtAll}
        search={search}
        choose={choose}
        sort="oldest"
        file={fileOf('listOrderItems', query)}
        aside={(key) => <OrderAside orderId={orderOf(key)} />}
        visit={(key) => void navigate({ to: '/orders/$orderId', params: { orderId: orderOf(key) } })}
        columns={[
          selecting({
            words,
            chosen,
            setChosen,
            keyOf,
            nameOf: (item) => `${item.orderNumber}/${item.line}`,
          }),
          { id: 'order', head: words.waiting.order, cell: (item) => `${item.orderNumber}/${item.line}` },
          {
            id: 'sku',
            head: words.orders.sku,
            cell: ({ sku }) => (
              <Link to="/waiting" search={{ sku }}>
                {sku}
              </Link>
            ),
          },
          { id: 'status', head: words.orders.status, cell: (item) => <StatusBadge status={item.status} /> },
          {
            id: 'units',
            head: words.orders.quantities,
            cell: (item) => <QuantityBar quantities={item.quantities} />,
          },
          { id: 'channel', head: words.orders.channel, cell: (item) => item.channel },
          {
            id: 'since',
            head: words.waiting.since,
            cell: (item) => <Ago at={item.waitingSince} />,
            sorts: [
              { sort: 'oldest', direction: 'ascending' },
              { sort: 'newest', direction: 'descending' },
            ],
          },
        ]}
      />
    </>
  );
}

function orderOf(key: string): string {
  return key.split('/')[0] ?? '';
}

function ordersOf(keys: ReadonlySet<string>): number[] {
  return [...new Set([...keys].map((key) => Number(orderOf(key))))];
}
