/** Orders, or their items, by status, channel, product, number and more; one of them beside the list. */
import { SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { ChannelChoice, Choice, SupplierChoice, WarehouseChoice } from '../components/choice.tsx';
import { QuantityBar } from '../components/figures/quantity-bar.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { List } from '../components/list/list.tsx';
import type { Column } from '../components/list/table.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Ago, STATUSES, StatusBadge } from '../components/said.tsx';
import { ItemList, type ItemRow } from '../order/item-list.tsx';
import { useOrderBeside } from '../order/order-beside.tsx';
import { given, type OrdersSearch } from '../search.ts';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/orders');
const PAGE = 50;
const BY_TIME = [
  { sort: 'newest', direction: 'descending' },
  { sort: 'oldest', direction: 'ascending' },
] as const;

type OrderRow = AnswerOf<'listOrders'>['rows'][number];

export function OrdersPage() {
  const { words, day } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const choose = (changes: OrdersSearch) => void navigate({ to: '/orders', search: given(changes) });
  const filter = (changes: OrdersSearch) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  const since = search.placedFrom;
  return (
    <>
      <PageHead
        title={words.orders.title}
        {...(since !== undefined && { sentence: words.orders.placedSince(day(since.slice(0, 10))) })}
      >
        <SegmentedControl
          aria-label={words.orders.by}
          value={search.by ?? 'orders'}
          onChange={(by) =>
            filter({ by: by === 'items' ? 'items' : undefined, sort: undefined, columns: undefined })
          }
          data={[
            { value: 'orders', label: words.orders.title },
            { value: 'items', label: words.order.items },
          ]}
        />
      </PageHead>
      <Filters search={search} filter={filter} />
      {search.by === 'items' ? (
        <Items search={search} choose={choose} />
      ) : (
        <Orders search={search} choose={choose} />
      )}
    </>
  );
}

interface ShownProps {
  readonly search: OrdersSearch;
  readonly choose: (changes: OrdersSearch) => void;
}

/** What the server is asked, without what only the page knows. */
function queryOf({ open: _, columns: __, by: ___, sort, ...filters }: OrdersSearch) {
  return { ...filters, ...(sort === 'oldest' && { sort: 'oldest' as const }) };
}

function Orders({ search, choose }: ShownProps) {
  const language = useLanguage();
  const { words } = language;
  const beside = useOrderBeside();
  const query = queryOf(search);
  const answer = useAnswer('listOrders', { query: { limit: PAGE, ...query } });
  return (
    <List
      {...beside}
      name="orders"
      label={words.orders.title}
      answer={answer}
      keyOf={(order) => String(order.id)}
      empty={words.orders.empty}
      search={search}
      choose={choose}
      sort="newest"
      file={fileOf('listOrders', query)}
      columns={orderColumns(language)}
    />
  );
}

function orderColumns({ words, figure }: Language): Column<OrderRow>[] {
  return [
    { id: 'number', head: words.orders.number, cell: (order) => order.number },
    { id: 'status', head: words.orders.status, cell: (order) => <StatusBadge status={order.status} /> },
    {
      id: 'units',
      head: words.orders.quantities,
      cell: (order) => <QuantityBar quantities={order.quantities} />,
    },
    { id: 'channel', head: words.orders.channel, cell: (order) => order.channel },
    { id: 'customer', head: words.orders.customer, cell: (order) => order.customer ?? words.orders.guest },
    {
      id: 'placed',
      head: words.orders.placed,
      cell: (order) => <Ago at={order.placedAt} />,
      sorts: BY_TIME,
    },
    {
      id: 'priority',
      head: words.order.priority,
      cell: (order) => figure(order.priority),
      isFigure: true,
      isExtra: true,
    },
    { id: 'hold', head: words.order.hold, cell: (order) => order.hold, isExtra: true },
  ];
}

function Items({ search, choose }: ShownProps) {
  const { words, money } = useLanguage();
  const { number: _, customer: __, cursor: ___, ...query } = queryOf(search);
  const value: Column<ItemRow> = {
    id: 'value',
    head: words.home.value,
    cell: (item) => money(item.unitPrice * item.quantities.ordered, item.currency),
    isFigure: true,
    isExtra: true,
  };
  return (
    <ItemList
      name="order-items"
      label={words.order.items}
      query={query}
      limit={PAGE}
      empty={words.orders.empty}
      search={search}
      choose={choose}
      sort="newest"
      linkOf={(sku) => <ProductLink sku={sku} />}
      behind={[value]}
    />
  );
}

interface FiltersProps {
  readonly search: OrdersSearch;
  readonly filter: (changes: OrdersSearch) => void;
}

function Filters({ search, filter }: FiltersProps) {
  const { words } = useLanguage();
  return (
    <FilterRow>
      <Choice
        label={words.orders.status}
        any={words.table.anyStatus}
        value={search.status}
        choose={(value) => filter({ status: STATUSES.find((each) => each === value) })}
        options={STATUSES.map((status) => ({ value: status, label: words.status[status] }))}
      />
      <ChannelChoice value={search.channel} choose={(channel) => filter({ channel })} />
      <WarehouseChoice value={search.warehouse} choose={(warehouse) => filter({ warehouse })} />
      <SupplierChoice value={search.supplier} choose={(supplier) => filter({ supplier })} />
      {search.by !== 'items' && (
        <>
          <TextFilter
            label={words.orders.number}
            value={search.number}
            choose={(number) => filter({ number })}
          />
          <TextFilter
            label={words.orders.customer}
            value={search.customer}
            choose={(customer) => filter({ customer })}
          />
        </>
      )}
      <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => filter({ sku })} />
    </FilterRow>
  );
}
