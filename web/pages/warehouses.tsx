/** Warehouses: where they stand, whose they are, how fast they hand over; on a map and as a list. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { PageHead } from '../components/frame/page-head.tsx';
import { List } from '../components/list/list.tsx';
import { BY_CODE, BY_NAME, sortedByName } from '../components/list/sorted-by-name.ts';
import type { Column } from '../components/list/table.tsx';
import { Loading } from '../components/states.tsx';
import { given } from '../search.ts';
import { WarehouseForm } from '../settings/warehouse-form.tsx';
import { type Language, useLanguage } from '../words/words.tsx';

const WarehouseMap = lazy(() =>
  import('../charts/warehouse-map.tsx').then((file) => ({ default: file.WarehouseMap })),
);
const route = getRouteApi('/warehouses');

export function WarehousesPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = sortedByName(search);
  const answer = useAnswer('listWarehouses', { query });
  const placed = (answer.data?.rows ?? []).filter(({ latitude }) => latitude !== null);
  return (
    <>
      <PageHead title={words.warehouses.title}>
        <WarehouseForm />
      </PageHead>
      {placed.length > 0 && (
        <Suspense fallback={<Loading />}>
          <WarehouseMap warehouses={placed} />
        </Suspense>
      )}
      <List
        name="warehouses"
        label={words.warehouses.title}
        answer={answer}
        keyOf={({ code }) => code}
        empty={words.warehouses.empty}
        search={search}
        sort="code"
        choose={(changes) => void navigate({ to: '/warehouses', search: given(changes) })}
        file={fileOf('listWarehouses', query)}
        columns={columnsIn(language)}
      />
    </>
  );
}

function columnsIn({ words, figure }: Language): Column<AnswerOf<'listWarehouses'>['rows'][number]>[] {
  return [
    { id: 'code', head: words.suppliers.code, cell: ({ code }) => code, sorts: BY_CODE },
    { id: 'name', head: words.products.name, cell: ({ name }) => name, sorts: BY_NAME },
    { id: 'kind', head: words.warehouses.kind, cell: ({ kind }) => words.warehouses.kinds[kind] },
    { id: 'stock', head: words.warehouses.stock, cell: ({ stock }) => words.warehouses.stocks[stock] },
    { id: 'country', head: words.warehouses.country, cell: ({ country }) => country },
    {
      id: 'handling',
      head: words.warehouses.handlingDays,
      cell: ({ handlingDays }) => figure(handlingDays),
      isFigure: true,
    },
    { id: 'zone', head: words.policy.timeZone, cell: ({ timeZone }) => timeZone },
    {
      id: 'enabled',
      head: words.orders.status,
      cell: ({ enabled }) => (enabled ? words.table.enabled : words.table.disabled),
    },
    {
      id: 'edit',
      head: words.table.edit,
      cell: (warehouse) => <WarehouseForm warehouse={warehouse} />,
    },
  ];
}
