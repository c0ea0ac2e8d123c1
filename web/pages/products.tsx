/** Products: what is there of them and what waits; one of them beside the list. */
import { Button, Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { SupplierChoice } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { List } from '../components/list/list.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { AddProduct } from '../product/add-product.tsx';
import { useProductBeside } from '../product/product-beside.tsx';
import { PRODUCT_SORTS, productColumns, productSort } from '../product/product-columns.tsx';
import { given } from '../search.ts';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/products');
const PAGE = 50;

export function ProductsPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const beside = useProductBeside();
  const sort = productSort(search.sort);
  const query = given({ search: search.search, supplier: search.supplier, sort });
  const answer = useAnswer('listProducts', {
    query: given({ ...query, limit: PAGE, cursor: search.cursor }),
  });
  const choose = (changes: typeof search) => void navigate({ to: '/products', search: given(changes) });
  const filter = (changes: typeof search) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  return (
    <>
      <PageHead title={words.products.title}>
        <Group gap="xs">
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/import" search={{ kind: 'products' }} {...props} />}
          >
            {words.import.act}
          </Button>
          <AddProduct />
        </Group>
      </PageHead>
      <FilterRow>
        <TextFilter
          label={words.products.search}
          value={search.search}
          choose={(next) => filter({ search: next })}
        />
        <SupplierChoice value={search.supplier} choose={(supplier) => filter({ supplier })} />
      </FilterRow>
      <List
        {...beside}
        name="products"
        label={words.products.title}
        answer={answer}
        keyOf={(product) => product.sku}
        empty={words.products.empty}
        search={search}
        choose={choose}
        sort="sku"
        file={fileOf('listProducts', query)}
        columns={productColumns(language, PRODUCT_SORTS)}
      />
    </>
  );
}
