/** The figures of a product that matter first: free, waiting, on its way. Each leads to its rows. */
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { Figures } from '../components/figures/figures.tsx';
import { useLanguage } from '../words/words.tsx';

export function ProductFigures({ product }: { readonly product: AnswerOf<'getProduct'> }) {
  const { words, figure } = useLanguage();
  const { sku, levels, waiting, incoming } = product;
  const available = levels.reduce((sum, level) => sum + level.available, 0);
  const waits = waiting.backordered + waiting.preordered + waiting.unfillable;
  return (
    <Figures
      figures={[
        {
          name: words.inventory.available,
          value: figure(available),
          link: (props) => <Link to="/inventory" search={{ sku }} {...props} />,
        },
        {
          name: words.products.waits,
          value: figure(waits),
          link: (props) => <Link to="/waiting" search={{ sku }} {...props} />,
        },
        {
          name: words.products.incoming,
          value: figure(incoming),
          link: (props) => <Link to="/incoming" search={{ sku }} {...props} />,
        },
      ]}
    />
  );
}
