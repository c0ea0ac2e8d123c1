/** Rows that are about a product show it: beside the list, then on its page. */
import { useNavigate } from '@tanstack/react-router';
import { ProductAside } from './product-aside.tsx';

/** @param skuOf what product a key is about; the key itself when absent */
export function useProductBeside(skuOf: (key: string) => string = (key) => key) {
  const navigate = useNavigate();
  return {
    aside: (key: string) => <ProductAside sku={skuOf(key)} />,
    visit: (key: string) => void navigate({ to: '/products/$sku', params: { sku: skuOf(key) } }),
  };
}
