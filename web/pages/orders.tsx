/** Orders, newest first, by status, channel, product or number. */
import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { QuantityBar } from '../components/quantity-bar.tsx';
import { Ago, STATUSES, StatusBadge } from '../components/said.tsx';
import { TextFilter } from '../components/text-filter.tsx';
import type { OrdersSearch } from '../search.ts';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/orders');
const PAGE = 50;

export function OrdersPage() {
  const { words } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const answer = useAnswer('listOrders', { query: { limit: PAGE, ...given(search) } });
  const choose = (chosen: OrdersSearch) =>
    void navigate({ to: '/orders', search: given({ ...search, cursor: undefined, ...chosen }) });
  return (
    <>
      <PageHead title={words.orders.title} />
      <Filters search={search} choose={choose} />
      <List
        label={words.orders.title}
        answer={answer}
        keyOf={(order) => String(order.id)}
        open={(order) => void navigate({ to: '/orders/$orderId', params: { orderId: String(order.id) } })}
        empty={words.orders.empty}
        isFirst={search.cursor === undefined}
        turn={(cursor) => choose({ cursor })}
        columns={[
          { head: words.orders.number, cell: (order) => order.number },
          { head: words.orders.status, cell: (order) => <StatusBadge status={order.status} /> },
          { head: words.orders.quantities, cell: (order) => <QuantityBar quantities={order.quantities} /> },
          { head: words.orders.channel, cell: (order) => order.channel },
          { head: words.orders.customer, cell: (order) => order.customer ?? words.orders.guest },
          { head: words.orders.placed, cell: (order) => <Ago at={order.placedAt} /> },
        ]}
      />
    </>
  );
}

/** Without members that say nothing: they would stand in the address. */
function given<Chosen extends object>(chosen: Chosen): Chosen {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as Chosen;
}

interface FiltersProps {
  readonly search: OrdersSearch;
  readonly choose: (chosen: OrdersSearch) => void;
}

function Filters({ search, choose }: FiltersProps) {
  const { words } = useLanguage();
  const channels = useAnswer('listSalesChannels');
  return (
    <Group mb="md" gap="xs" align="flex-end">
      <NativeSelect
        aria-label={words.orders.status}
        value={search.status ?? ''}
        onChange={(event) => {
          const status = STATUSES.find((each) => each === event.currentTarget.value);
          choose({ status });
        }}
        data={[
          { value: '', label: words.table.anyStatus },
          ...STATUSES.map((status) => ({ value: status, label: words.status[status] })),
        ]}
      />
      <NativeSelect
        aria-label={words.orders.channel}
        value={search.channel ?? ''}
        onChange={(event) => choose({ channel: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: words.table.anyChannel },
          ...(channels.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      <TextFilter label={words.orders.number} value={search.number} choose={(number) => choose({ number })} />
      <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => choose({ sku })} />
    </Group>
  );
}
