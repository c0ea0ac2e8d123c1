/** What is on its way from suppliers, and what of it is late. */
import { Checkbox, Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/incoming');
const PAGE = 50;

export function IncomingPage() {
  const { words, figure, day } = useLanguage();
  const { late, supplier, cursor } = route.useSearch();
  const navigate = useNavigate();
  const answer = useAnswer('listPurchaseOrders', {
    query: {
      limit: PAGE,
      ...(late === 'true' && { late: 'true' }),
      ...(supplier !== undefined && { supplier }),
      ...(cursor !== undefined && { cursor }),
    },
  });
  const kept = { ...(late !== undefined && { late }), ...(supplier !== undefined && { supplier }) };
  return (
    <>
      <PageHead title={words.incoming.title} />
      <Group mb="md">
        <Checkbox
          label={words.incoming.onlyLate}
          checked={late === 'true'}
          onChange={(event) =>
            void navigate({ to: '/incoming', search: event.currentTarget.checked ? { late: 'true' } : {} })
          }
        />
      </Group>
      <List
        label={words.incoming.title}
        answer={answer}
        keyOf={(order) => order.number}
        empty={words.incoming.empty}
        isFirst={cursor === undefined}
        turn={(next) =>
          void navigate({ to: '/incoming', search: next === undefined ? kept : { ...kept, cursor: next } })
        }
        columns={[
          { head: words.incoming.number, cell: (order) => order.number },
          { head: words.incoming.supplier, cell: (order) => order.supplier },
          { head: words.incoming.status, cell: (order) => words.incoming.statuses[order.status] },
          { head: words.incoming.ordered, cell: (order) => figure(order.ordered), isFigure: true },
          { head: words.incoming.received, cell: (order) => figure(order.received), isFigure: true },
          { head: words.incoming.open, cell: (order) => figure(order.open), isFigure: true },
          {
            head: words.incoming.expected,
            cell: (order) => (
              <>
                {order.nextExpectedOn !== null && day(order.nextExpectedOn)}{' '}
                {order.late && <span className="badge unfillable">{words.incoming.late}</span>}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
