/** Order items as a list, the order of each beside it: all of them, or those who wait. */
import type { ReactNode } from 'react';
import type { CallInput } from '../../src/contract/call.ts';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { QuantityBar } from '../components/figures/quantity-bar.tsx';
import { List, type ListProps } from '../components/list/list.tsx';
import type { Column } from '../components/list/table.tsx';
import { Ago, StatusBadge } from '../components/said.tsx';
import type { Words } from '../words/en/en.ts';
import { useLanguage } from '../words/words.tsx';
import { keyOfItem, useOrderBeside } from './order-beside.tsx';

export type ItemRow = AnswerOf<'listOrderItems'>['rows'][number];

const NEWEST = { sort: 'newest', direction: 'descending' } as const;
const OLDEST = { sort: 'oldest', direction: 'ascending' } as const;

interface ItemListProps extends Pick<ListProps<ItemRow>, 'name' | 'label' | 'empty' | 'search' | 'choose'> {
  /** Which items, in which order. */
  readonly query: CallInput<'listOrderItems'>['query'];
  /** So many at once. */
  readonly limit: number;
  readonly sort: 'newest' | 'oldest';
  /** Where a product leads. */
  readonly linkOf: (sku: string) => ReactNode;
  /** Columns before and behind those of every such list. */
  readonly before?: readonly Column<ItemRow>[];
  readonly behind?: readonly Column<ItemRow>[];
}

export function ItemList({ query, limit, linkOf, before = [], behind = [], ...list }: ItemListProps) {
  const { words } = useLanguage();
  const beside = useOrderBeside();
  const { cursor } = list.search;
  const answer = useAnswer('listOrderItems', {
    query: { ...query, limit, ...(cursor !== undefined && { cursor }) },
  });
  return (
    <List
      {...list}
      {...beside}
      answer={answer}
      keyOf={keyOfItem}
      file={fileOf('listOrderItems', query)}
      columns={[...before, ...itemColumns(words, linkOf, list.sort), ...behind]}
    />
  );
}

function itemColumns(
  words: Words,
  linkOf: ItemListProps['linkOf'],
  first: ItemListProps['sort'],
): Column<ItemRow>[] {
  return [
    { id: 'order', head: words.waiting.order, cell: (item) => `${item.orderNumber}/${item.line}` },
    { id: 'sku', head: words.orders.sku, cell: ({ sku }) => linkOf(sku) },
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
      sorts: first === 'newest' ? [NEWEST, OLDEST] : [OLDEST, NEWEST],
    },
  ];
}
