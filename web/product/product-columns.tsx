/** Columns of lists of products. */
import type { AnswerOf, QueryOf } from '../../src/contract/operations.ts';
import type { Column } from '../components/list/table.tsx';
import type { Language } from '../words/words.tsx';

type ProductRow = AnswerOf<'listProducts'>['rows'][number];
type ProductSort = QueryOf<'listProducts'>['sort'];

const SORTS: readonly ProductSort[] = ['sku', 'name', 'waiting', 'available', 'least_available'];

/** What the address names, if it is a sorting of products. */
export function productSort(given: string | undefined): ProductSort | undefined {
  return SORTS.find((each) => each === given);
}

export const PRODUCT_SORTS = {
  sku: [{ sort: 'sku', direction: 'ascending' }],
  name: [{ sort: 'name', direction: 'ascending' }],
  waiting: [{ sort: 'waiting', direction: 'descending' }],
  available: [
    { sort: 'available', direction: 'descending' },
    { sort: 'least_available', direction: 'ascending' },
  ],
} as const;

export function productColumns(
  { words, figure }: Language,
  sorts: typeof PRODUCT_SORTS,
): readonly Column<ProductRow>[] {
  return [
    { id: 'sku', head: words.orders.sku, cell: ({ sku }) => sku, sorts: sorts.sku },
    { id: 'name', head: words.products.name, cell: ({ name }) => name, sorts: sorts.name },
    {
      id: 'waiting',
      head: words.waiting.units,
      cell: (row) => figure(row.backordered + row.preordered + row.unfillable),
      isFigure: true,
      sorts: sorts.waiting,
    },
    ...(['backordered', 'preordered', 'unfillable'] as const).map((bucket) => ({
      id: bucket,
      head: words.status[bucket],
      cell: (row: ProductRow) => figure(row[bucket]),
      isFigure: true,
    })),
    {
      id: 'available',
      head: words.inventory.available,
      cell: ({ available }) => figure(available),
      isFigure: true,
      sorts: sorts.available,
    },
    {
      id: 'onHand',
      head: words.inventory.onHand,
      cell: ({ onHand }) => figure(onHand),
      isFigure: true,
    },
  ];
}
