/** The stock of a product by warehouse. */
import type { AnswerOf } from '../../src/contract/operations.ts';
import { Table } from '../components/list/table.tsx';
import { Empty } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';

export function ProductLevels({ product }: { readonly product: AnswerOf<'getProduct'> }) {
  const { words, figure } = useLanguage();
  if (product.levels.length === 0) return <Empty>{words.products.noStock}</Empty>;
  return (
    <Table
      label={words.products.stockOf(product.sku)}
      rows={product.levels}
      keyOf={({ warehouse }) => warehouse}
      columns={[
        { head: words.inventory.warehouse, cell: ({ warehouse }) => warehouse },
        { head: words.inventory.onHand, cell: ({ onHand }) => figure(onHand), isFigure: true },
        { head: words.inventory.allocated, cell: ({ allocated }) => figure(allocated), isFigure: true },
        { head: words.inventory.available, cell: ({ available }) => figure(available), isFigure: true },
      ]}
    />
  );
}
