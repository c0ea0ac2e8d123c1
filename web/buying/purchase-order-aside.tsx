/** A purchase order beside a list. */
import { Title } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { useLanguage } from '../words/words.tsx';
import { PurchaseOrderActs } from './purchase-order-acts.tsx';
import { PurchaseOrderContent } from './purchase-order-content.tsx';

export function PurchaseOrderAside({ number }: { readonly number: string }) {
  const { words } = useLanguage();
  const answer = useAnswer('getPurchaseOrder', { params: { purchaseOrder: number } });
  return (
    <Answered answer={answer}>
      {(order) => (
        <>
          <Title order={2} size="h3">
            {words.incoming.order(order.number)}
          </Title>
          <p className="soft">
            {order.supplier}, {words.incoming.statuses[order.status]}
          </p>
          <div className="acts">
            <PurchaseOrderActs order={order} />
          </div>
          <PurchaseOrderContent order={order} />
        </>
      )}
    </Answered>
  );
}
