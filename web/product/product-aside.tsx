/** A product beside a list: what is there of it, what comes, and who waits. */
import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { ProductFigures } from './product-figures.tsx';
import { ProductLevels } from './product-levels.tsx';

export function ProductAside({ sku }: { readonly sku: string }) {
  const { words } = useLanguage();
  const answer = useAnswer('getProduct', { params: { sku } });
  return (
    <Answered answer={answer}>
      {(product) => (
        <>
          <Title order={2} size="h3">
            {product.name}
          </Title>
          <p className={tone.soft}>{product.sku}</p>
          <ProductFigures product={product} />
          <Title order={3} size="h4" mt="lg" mb="xs">
            {words.nav.inventory}
          </Title>
          <ProductLevels product={product} />
          <p>
            <Link to="/waiting" search={{ sku }}>
              {words.products.queue}
            </Link>{' '}
            ·{' '}
            <Link to="/products/$sku" params={{ sku }}>
              {words.products.more}
            </Link>
          </p>
        </>
      )}
    </Answered>
  );
}
