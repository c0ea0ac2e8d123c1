/** Products that somebody waits for, most waiting units first. */
import { useNavigate } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { List } from '../components/list/list.tsx';
import { ProductAside } from '../product/product-aside.tsx';
import { PRODUCT_SORTS, productColumns, productSort } from '../product/product-columns.tsx';
import { useLanguage } from '../words/words.tsx';
import type { WaitingProps } from './search-of-waiting.ts';

const PAGE = 100;

export function WaitingProducts({ search, choose }: WaitingProps) {
  const language = useLanguage();
  const navigate = useNavigate();
  const sort = productSort(search.sort) ?? 'waiting';
  const query = {
    waiting: 'true' as const,
    sort,
    ...(search.supplier !== undefined && { supplier: search.supplier }),
  };
  const answer = useAnswer('listProducts', {
    query: { ...query, limit: PAGE, ...(search.cursor !== undefined && { cursor: search.cursor }) },
  });
  return (
    <List
      name="waiting"
      label={language.words.waiting.title}
      answer={answer}
      keyOf={(product) => product.sku}
      empty={language.words.waiting.nobodyAtAll}
      search={search}
      choose={choose}
      sort="waiting"
      file={fileOf('listProducts', query)}
      columns={productColumns(language, PRODUCT_SORTS)}
      aside={(sku) => <ProductAside sku={sku} />}
      visit={(sku) => void navigate({ to: '/waiting', search: { sku } })}
    />
  );
}
