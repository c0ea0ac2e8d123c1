/** What waits and nobody has bought: how much to order of whom by when, and drafts of it with one click. */
import { Button, Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { suggestionColumns } from '../buying/suggestion-columns.tsx';
import { Choice, SupplierChoice, useCodes } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { List } from '../components/list/list.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { useProductBeside } from '../product/product-beside.tsx';
import { given } from '../search.ts';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/purchasing');
const SORTS = ['sku', 'name', 'uncovered', 'oldest'] as const;
const PAGE = 100;

export function PurchasingPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const beside = useProductBeside();
  const suppliers = useAnswer('listSuppliers');
  const query = given({
    supplier: search.supplier,
    sku: search.sku,
    sort: SORTS.find((each) => each === search.sort),
  });
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
      <FilterRow>
        <SupplierChoice value={search.supplier} choose={(supplier) => filter({ supplier })} />
        <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => filter({ sku })} />
      </FilterRow>
      <List
        {...beside}
        name="purchasing"
        label={words.purchasing.title}
        answer={answer}
        keyOf={({ sku }) => sku}
        empty={words.purchasing.empty}
        search={search}
        sort="sku"
        choose={choose}
        file={fileOf('listPurchaseSuggestions', query)}
        columns={suggestionColumns(language, currencyOf)}
      />
    </>
  );
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
