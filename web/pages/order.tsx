/** One order: what each item has and when the rest comes, why, what happened, and what can be done. */
import { getRouteApi } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { OrderActs } from '../order/order-acts.tsx';
import { OrderContent } from '../order/order-content.tsx';
import { OrderSentence } from '../order/order-sentence.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/orders/$orderId');

export function OrderPage() {
  const { words } = useLanguage();
  const { orderId } = route.useParams();
  const answer = useAnswer('getOrder', { params: { orderId } });
  if (answer.isPending) return <Loading />;
  if (answer.isError) {
    return (
      <>
        <PageHead title={words.order.order(orderId)} />
        <Problem error={answer.error} again={answer.refetch} />
      </>
    );
  }
  const order = answer.data;
  return (
    <>
      <PageHead title={words.order.order(order.number)} sentence={<OrderSentence order={order} />}>
        <OrderActs order={order} />
      </PageHead>
      <OrderContent order={order} />
    </>
  );
}
