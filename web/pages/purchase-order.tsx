/** One purchase order: what comes when, whom it serves, what arrived, what can be done. */
import { getRouteApi } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { PurchaseOrderActs } from '../buying/purchase-order-acts.tsx';
import { PurchaseOrderContent } from '../buying/purchase-order-content.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/incoming/$number');

export function PurchaseOrderPage() {
  const { words, money } = useLanguage();
  const { number } = route.useParams();
  const answer = useAnswer('getPurchaseOrder', { params: { purchaseOrder: number } });
  if (answer.isPending) return <Loading />;
  if (answer.isError) {
    return (
      <>
        <PageHead title={words.incoming.order(number)} />
        <Problem error={answer.error} again={answer.refetch} />
      </>
    );
  }
  const order = answer.data;
  const sentence = [
    order.supplier,
    words.incoming.statuses[order.status],
    money(BigInt(order.value), order.currency),
    order.note,
  ].filter((part) => part !== null && part !== '');
  return (
    <>
      <PageHead title={words.incoming.order(order.number)} sentence={sentence.join(', ')}>
        <PurchaseOrderActs order={order} />
      </PageHead>
      <PurchaseOrderContent order={order} />
    </>
  );
}
