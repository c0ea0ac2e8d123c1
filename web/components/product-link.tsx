/** A product by its SKU, which leads to its page. */
import { Link } from '@tanstack/react-router';

export function ProductLink({ sku }: { readonly sku: string }) {
  return (
    <Link to="/products/$sku" params={{ sku }}>
      {sku}
    </Link>
  );
}
