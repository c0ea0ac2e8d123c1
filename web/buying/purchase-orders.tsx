/** Purchase orders, what comes first at the top; one of them beside the list. */
import { useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { List } from '../components/list/list.tsx';
import type { Column } from '../components/list/table.tsx';
import { Badge } from '../components/said.tsx';
import { given, type incomingSearch } from '../search.ts';
import { type Language, useLanguage } from '../words/words.tsx';
import { PurchaseOrderAside } from './purchase-order-aside.tsx';

const PAGE = 50;
type Search = ReturnType<typeof incomingSearch>;

interface PurchaseOrdersProps {
  readonly search: Search;
  readonly choose: (changes: Search) => void;
}

export function PurchaseOrders({ search, choose }: PurchaseOrdersProps) {
  const language = useLanguage();
  const { words } = language;
  const navigate = useNavigate();
  const query = given({
    sort: search.sort === 'newest' ? ('newest' as const) : ('expected' as const),
    late: search.late === 'true' ? ('true' as const) : undefined,
    supplier: search.supplier,
    sku: search.sku,
  });
  const answer = useAnswer('listPurchaseOrders', {
    query: given({ ...query, limit: PAGE, cursor: search.cursor }),
  });
  return (
    <List
      name="incoming"
      label={words.incoming.title}
      answer={answer}
      keyOf={(order) => order.number}
      empty={words.incoming.empty}
      search={search}
      choose={choose}
      sort="expected"
      file={fileOf('listPurchaseOrders', query)}
      aside={(number) => <PurchaseOrderAside number={number} />}
      visit={(number) => void navigate({ to: '/incoming/$number', params: { number } })}
      columns={columnsIn(language)}
    />
  );
}

function columnsIn({
  words,
  figure,
  day,
}: Language): Column<AnswerOf<'listPurchaseOrders'>['rows'][number]>[] {
  return [
    {
      id: 'number',
      head: words.incoming.number,
      cell: (order) => order.number,
      sorts: [{ sort: 'newest', direction: 'descending' }],
    },
    { id: 'supplier', head: words.incoming.supplier, cell: (order) => order.supplier },
    { id: 'status', head: words.incoming.status, cell: (order) => words.incoming.statuses[order.status] },
    {
      id: 'ordered',
      head: words.incoming.ordered,
      cell: (order) => figure(order.ordered),
      isFigure: true,
    },
    {
      id: 'received',
      head: words.incoming.received,
      cell: (order) => figure(order.received),
      isFigure: true,
    },
    { id: 'open', head: words.incoming.open, cell: (order) => figure(order.open), isFigure: true },
    { id: 'wanted', head: words.incoming.wanted, cell: (order) => figure(order.wanted), isFigure: true },
    {
      id: 'expected',
      head: words.incoming.expected,
      cell: (order) => (
        <>
          {order.nextExpectedOn !== null && day(order.nextExpectedOn)}{' '}
          {order.late && <Badge status="unfillable">{words.incoming.late}</Badge>}
        </>
      ),
      sorts: [{ sort: 'expected', direction: 'ascending' }],
    },
  ];
}
