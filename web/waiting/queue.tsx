/** The queue of a product, first in line first: since when each waits, how much is ahead, what is promised. */
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { Promised } from '../components/figures/promised.tsx';
import { List } from '../components/list/list.tsx';
import type { Column } from '../components/list/table.tsx';
import { Ago } from '../components/said.tsx';
import { keyOfItem, useOrderBeside } from '../order/order-beside.tsx';
import { type Language, useLanguage } from '../words/words.tsx';
import type { WaitingProps } from './search-of-waiting.ts';

const PAGE = 100;

export function Queue({ sku, search, choose }: WaitingProps & { readonly sku: string }) {
  const language = useLanguage();
  const { words } = language;
  const beside = useOrderBeside();
  const { cursor } = search;
  const answer = useAnswer('listWaiting', {
    query: { sku, limit: PAGE, ...(cursor !== undefined && { cursor }) },
  });
  return (
    <List
      {...beside}
      name="queue"
      label={words.waiting.title}
      answer={answer}
      keyOf={keyOfItem}
      empty={words.waiting.nobody}
      search={search}
      choose={choose}
      file={fileOf('listWaiting', { sku })}
      columns={queueColumns(language)}
    />
  );
}

function queueColumns({ words, figure }: Language): Column<AnswerOf<'listWaiting'>['rows'][number]>[] {
  return [
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
  ];
}
