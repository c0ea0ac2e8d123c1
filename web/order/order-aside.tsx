/** An order beside a list: its items, what can be done, and what happened. */
import { Box, Title } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { useLanguage } from '../words/words.tsx';
import { OrderActs } from './order-acts.tsx';
import { OrderContent } from './order-content.tsx';
import { OrderSentence } from './order-sentence.tsx';

export function OrderAside({ orderId }: { readonly orderId: string }) {
  const { words } = useLanguage();
  const answer = useAnswer('getOrder', { params: { orderId } });
  return (
    <Answered answer={answer}>
      {(order) => (
        <>
          <Title order={2} size="h3">
            {words.order.order(order.number)}
          </Title>
          <OrderSentence order={order} />
          <Box my="sm">
            <OrderActs order={order} />
          </Box>
          <OrderContent order={order} />
        </>
      )}
    </Answered>
  );
}
