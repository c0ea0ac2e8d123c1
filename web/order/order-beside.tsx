/** Rows that are an order, or an item of one, show that order: beside the list, then on its page. */
import { useNavigate } from '@tanstack/react-router';
import { OrderAside } from './order-aside.tsx';

interface OfOrder {
  readonly orderId: number;
  readonly line: number;
}

/** The key of a row that is an item: its order first. */
export function keyOfItem({ orderId, line }: OfOrder): string {
  return `${orderId}/${line}`;
}

/** The order of such a key, or of one that is an order's own. */
export function orderOf(key: string): string {
  return key.split('/')[0] ?? '';
}

/** What a list needs to show the order of a row. */
export function useOrderBeside() {
  const navigate = useNavigate();
  return {
    aside: (key: string) => <OrderAside orderId={orderOf(key)} />,
    visit: (key: string) => void navigate({ to: '/orders/$orderId', params: { orderId: orderOf(key) } }),
  };
}
