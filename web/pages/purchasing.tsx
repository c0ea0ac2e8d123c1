/** What waits and nobody has bought: how much to order of whom by when, and drafts of it with one click. */
import { Button, Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct, useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { Choice, SupplierChoice, useCodes } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Ago } from '../components/said.tsx';
import type { Column } from '../components/table.tsx';
import { TextFilter } from '../components/text-filter.tsx';
import { ProductAside } from '../product/product-aside.tsx';
import { given } from '../search.ts';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/purchasing');
type Suggestion = AnswerOf<'listPurchaseSuggestions'>['rows'][number];
const PAGE = 100;

export function PurchasingPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const suppliers = useAnswer('listSuppliers');
  const query = given({ supplier: search.supplier, sku: search.sku });
  const answer = useAnswer('listPurchaseSuggestions', {
    query: given({ ...query, limit: PAGE, cursor: search.cursor }),
  });
  const choose = (changes: typeof search) => void navigate({ to: '/purchasing', search: given(changes) });
  const filter = (changes: typeof search) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  const currencyOf = (code: string | null) =>
    suppliers.data?.rows.find((supplier) => supplier.code === code)?.currency;
  return (
    <>
      <PageHead title={words.purchasing.title} sentence={words.purchasing.sentence}>
        <Group gap="xs">
          <Button variant="default" renderRoot={(props) => <Link to="/suppliers" {...props} />}>
            {words.nav.suppliers}
          </Button>
          <Drafting supplier={search.supplier} />
        </Group>
      </PageHead>
      <Group mb="xs" gap="xs" align="center" className="filters">
        <SupplierChoice value={search.supplier} choose={(supplier) => filter({ supplier })} />
        <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => filter({ sku })} />
      </Group>
      <List
        name="purchasing"
        label={words.purchasing.title}
        answer={answer}
        keyOf={({ sku }) => sku}
        empty={words.purchasing.empty}
        search={search}
        choose={choose}
        file={fileOf('listPurchaseSuggestions', query)}
        aside={(sku) => <ProductAside sku={sku} />}
        visit={(sku) => void navigate({ to: '/products/$sku', params: { sku } })}
        columns={columnsIn(language, currencyOf)}
      />
    </>
  );
}

function columnsIn(
  { words, figure, day, money }: Language,
  currencyOf: (supplier: string | null) => string | undefined,
): Column<Suggestion>[] {
  return [
    { id: 'sku', head: words.orders.sku, cell: ({ sku }) => sku },
    { id: 'name', head: words.products.name, cell: ({ name }) => name },
    {
      id: 'supplier',
      head: words.incoming.supplier,
      cell: ({ supplier }) =>
        supplier ?? <span className="badge unfillable">{words.purchasing.nobodySells}</span>,
    },
    {
      id: 'uncovered',
      head: words.purchasing.uncovered,
      cell: ({ uncovered }) => figure(uncovered),
      isFigure: true,
    },
    {
      id: 'suggested',
      head: words.purchasing.suggested,
      cell: ({ suggested }) => figure(suggested),
      isFigure: true,
    },
    {
      id: 'value',
      head: words.home.value,
      cell: ({ value, supplier }) => {
        const currency = currencyOf(supplier);
        return currency === undefined ? '' : money(BigInt(value), currency);
      },
      isFigure: true,
    },
    { id: 'orderBy', head: words.purchasing.orderBy, cell: ({ orderBy }) => day(orderBy) },
    {
      id: 'arrives',
      head: words.purchasing.arrives,
      cell: ({ arrivesOn }) => (arrivesOn === null ? words.waiting.unknown : day(arrivesOn)),
    },
    {
      id: 'since',
      head: words.waiting.since,
      cell: ({ waitingSince }) => <Ago at={waitingSince} />,
    },
    {
      id: 'incoming',
      head: words.products.incoming,
      cell: ({ incoming }) => figure(incoming),
      isFigure: true,
      isExtra: true,
    },
    {
      id: 'drafted',
      head: words.purchasing.drafted,
      cell: ({ drafted }) => figure(drafted),
      isFigure: true,
      isExtra: true,
    },
  ];
}

/** A draft of all that is suggested of a supplier. */
function Drafting({ supplier: first }: { readonly supplier: string | undefined }) {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const suppliers = useCodes('listSuppliers');
  const warehouses = useCodes('listWarehouses');
  const [supplier = first ?? suppliers[0]?.value ?? '', setSupplier] = useState<string>();
  const [warehouse = warehouses[0]?.value ?? '', setWarehouse] = useState<string>();
  const act = useAct('draftSuggested', ({ number }) => words.incoming.done.drafted(number));
  return (
    <Dialog
      act={words.purchasing.draft}
      isMain
      begin={() => setSupplier(first)}
      disabled={supplier === '' || warehouse === ''}
      run={async () => {
        const { number } = await act.mutateAsync({ body: { supplier, warehouse } });
        await navigate({ to: '/incoming/$number', params: { number } });
      }}
    >
      <p>{words.purchasing.draftEffect}</p>
      <Group>
        <Choice label={words.incoming.supplier} value={supplier} choose={setSupplier} options={suppliers} />
        <Choice
          label={words.inventory.warehouse}
          value={warehouse}
          choose={setWarehouse}
          options={warehouses}
        />
      </Group>
    </Dialog>
  );
}
