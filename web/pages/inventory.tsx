/** Inventory levels: on hand, allocated and available by product and warehouse; receive, count, correct, move. */
import { Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AnswerOf, QueryOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { WarehouseChoice } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { List } from '../components/list/list.tsx';
import type { Column } from '../components/list/table.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { useProductBeside } from '../product/product-beside.tsx';
import { given } from '../search.ts';
import { StockActs } from '../stock/stock-acts.tsx';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/inventory');
type LevelRow = AnswerOf<'listInventoryLevels'>['rows'][number];
const PAGE = 50;
const SORTS: readonly QueryOf<'listInventoryLevels'>['sort'][] = [
  'sku',
  'on_hand',
  'available',
  'least_available',
];
/** Parts a SKU from a warehouse in the address of an open row. */
const BETWEEN = ' ';

export function InventoryPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const { sku, warehouse, cursor } = search;
  const sort = SORTS.find((each) => each === search.sort);
  const query = given({ sku, warehouse, sort });
  const answer = useAnswer('listInventoryLevels', { query: given({ ...query, cursor, limit: PAGE }) });
  const choose = (changes: typeof search) => void navigate({ to: '/inventory', search: given(changes) });
  const filter = (changes: typeof search) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  const beside = useProductBeside((key) => key.slice(0, key.lastIndexOf(BETWEEN)));
  return (
    <>
      <PageHead title={words.inventory.title}>
        <Group gap="xs">
          <StockActs sku={sku} />
        </Group>
      </PageHead>
      <FilterRow>
        <TextFilter label={words.orders.sku} value={sku} choose={(next) => filter({ sku: next })} />
        <WarehouseChoice value={warehouse} choose={(next) => filter({ warehouse: next })} />
      </FilterRow>
      <List
        {...beside}
        name="inventory"
        label={words.inventory.title}
        answer={answer}
        keyOf={(level) => `${level.sku}${BETWEEN}${level.warehouse}`}
        empty={words.inventory.empty}
        search={search}
        choose={choose}
        sort="sku"
        file={fileOf('listInventoryLevels', query)}
        columns={columnsIn(language)}
      />
    </>
  );
}

function columnsIn({ words, figure }: Language): Column<LevelRow>[] {
  return [
    {
      id: 'sku',
      head: words.orders.sku,
      cell: (level) => level.sku,
      sorts: [{ sort: 'sku', direction: 'ascending' }],
    },
    { id: 'warehouse', head: words.inventory.warehouse, cell: (level) => level.warehouse },
    {
      id: 'onHand',
      head: words.inventory.onHand,
      cell: (level) => figure(level.onHand),
      isFigure: true,
      sorts: [{ sort: 'on_hand', direction: 'descending' }],
    },
    {
      id: 'allocated',
      head: words.inventory.allocated,
      cell: (level) => figure(level.allocated),
      isFigure: true,
    },
    {
      id: 'available',
      head: words.inventory.available,
      cell: (level) => figure(level.available),
      isFigure: true,
      sorts: [
        { sort: 'available', direction: 'descending' },
        { sort: 'least_available', direction: 'ascending' },
      ],
    },
  ];
}
