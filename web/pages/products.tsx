/** Products: what is there of them, what waits, and the way to who does. */
import { Group } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TextFilter } from '../components/text-filter.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/products');
const PAGE = 50;

export function ProductsPage() {
  const { words, figure } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const answer = useAnswer('listProducts', { query: { limit: PAGE, ...search } });
  return (
    <>
      <PageHead title={words.products.title} />
      <Group mb="md">
        <TextFilter
          label={words.products.search}
          value={search.search}
          choose={(chosen) =>
            void navigate({ to: '/products', search: chosen === undefined ? {} : { search: chosen } })
          }
        />
      </Group>
      <List
        label={words.products.title}
        answer={answer}
        keyOf={(product) => product.sku}
        empty={words.products.empty}
        isFirst={search.cursor === undefined}
        turn={(cursor) => {
          const { cursor: _, ...rest } = search;
          void navigate({ to: '/products', search: cursor === undefined ? rest : { ...rest, cursor } });
        }}
        columns={[
          { head: words.orders.sku, cell: (product) => product.sku },
          { head: words.products.name, cell: (product) => product.name },
          { head: words.inventory.onHand, cell: (product) => figure(product.onHand), isFigure: true },
          { head: words.inventory.available, cell: (product) => figure(product.available), isFigure: true },
          { head: words.status.backordered, cell: (product) => figure(product.backordered), isFigure: true },
          { head: words.status.preordered, cell: (product) => figure(product.preordered), isFigure: true },
          { head: words.status.unfillable, cell: (product) => figure(product.unfillable), isFigure: true },
          {
            head: words.nav.inventory,
            cell: ({ sku }) => (
              <Link to="/inventory" search={{ sku }} aria-label={`${words.nav.inventory} ${sku}`}>
                {words.nav.inventory}
              </Link>
            ),
          },
          {
            head: words.products.queue,
            cell: ({ sku }) => (
              <Link to="/waiting" search={{ sku }} aria-label={`${words.products.queue} ${sku}`}>
                {words.products.queue}
              </Link>
            ),
          },
        ]}
      />
    </>
  );
}
