/** Inventory levels: on hand, allocated and available by product and warehouse. */
import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TextFilter } from '../components/text-filter.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/inventory');
const PAGE = 50;

export function InventoryPage() {
  const { words, figure } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const warehouses = useAnswer('listWarehouses');
  const answer = useAnswer('listInventoryLevels', { query: { limit: PAGE, ...search } });
  function choose(chosen: { readonly [Name in 'sku' | 'warehouse' | 'cursor']?: string | undefined }): void {
    const all = Object.entries({ ...search, cursor: undefined, ...chosen });
    void navigate({
      to: '/inventory',
      search: Object.fromEntries(all.filter(([, value]) => value !== undefined)),
    });
  }
  return (
    <>
      <PageHead title={words.inventory.title} />
      <Group mb="md" gap="xs">
        <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => choose({ sku })} />
        <NativeSelect
          aria-label={words.inventory.warehouse}
          value={search.warehouse ?? ''}
          onChange={(event) => choose({ warehouse: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: words.inventory.anyWarehouse },
            ...(warehouses.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      </Group>
      <List
        label={words.inventory.title}
        answer={answer}
        keyOf={(level) => `${level.sku}/${level.warehouse}`}
        empty={words.inventory.empty}
        isFirst={search.cursor === undefined}
        turn={(cursor) => choose({ cursor })}
        columns={[
          {
            head: words.orders.sku,
            cell: ({ sku }) => (
              <Link to="/waiting" search={{ sku }}>
                {sku}
              </Link>
            ),
          },
          { head: words.inventory.warehouse, cell: (level) => level.warehouse },
          { head: words.inventory.onHand, cell: (level) => figure(level.onHand), isFigure: true },
          { head: words.inventory.allocated, cell: (level) => figure(level.allocated), isFigure: true },
          { head: words.inventory.available, cell: (level) => figure(level.available), isFigure: true },
        ]}
      />
    </>
  );
}
