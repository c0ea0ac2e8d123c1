/** A purchase order beside a list. */
import { Box, Title } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import tone from '../components/tone.module.css';
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
          <p className={tone.soft}>
            {order.supplier}, {words.incoming.statuses[order.status]}
          </p>
          <Box my="sm">
            <PurchaseOrderActs order={order} />
          </Box>
          <PurchaseOrderContent order={order} />
        </>
      )}
    </Answered>
  );
}
