/** One product: what is there, what waits and comes, what of it may wait where, what one would get now, its ledger. */
import { Button, Group, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import box from '../components/box.module.css';
import { PageHead } from '../components/frame/page-head.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { LaunchForecast } from '../product/launch-forecast.tsx';
import styles from '../product/product.module.css';
import { ProductAvailability } from '../product/product-availability.tsx';
import { ProductFigures } from '../product/product-figures.tsx';
import { ProductLedger } from '../product/product-ledger.tsx';
import { ProductLevels } from '../product/product-levels.tsx';
import { ProductPolicies } from '../product/product-policies.tsx';
import { StockActs } from '../stock/stock-acts.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/products/$sku');

export function ProductPage() {
  const { words } = useLanguage();
  const { sku } = route.useParams();
  const answer = useAnswer('getProduct', { params: { sku } });
  if (answer.isPending) return <Loading />;
  if (answer.isError) {
    return (
      <>
        <PageHead title={sku} />
        <Problem error={answer.error} again={answer.refetch} />
      </>
    );
  }
  const product = answer.data;
  return (
    <>
      <PageHead title={product.name} sentence={sku}>
        <Group gap="xs">
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/waiting" search={{ sku }} {...props} />}
          >
            {words.products.queue}
          </Button>
          <StockActs sku={sku} />
        </Group>
      </PageHead>
      <ProductFigures product={product} />
      <LaunchForecast sku={sku} />
      <div className={styles.boxes}>
        <section className={box.box} aria-label={words.nav.inventory}>
          <Title order={2} size="h4" mb="sm">
            {words.nav.inventory}
          </Title>
          <ProductLevels product={product} />
        </section>
        <section className={box.box} aria-label={words.products.availability}>
          <Title order={2} size="h4" mb="sm">
            {words.products.availability}
          </Title>
          <ProductAvailability sku={sku} />
        </section>
      </div>
      <ProductPolicies product={product} />
      <ProductLedger product={product} />
    </>
  );
}
