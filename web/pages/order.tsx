/** One order: what each item has and when the rest comes, why, what happened, and what can be done. */
import { Alert, Group, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.ts';
import { PageHead } from '../components/page-head.tsx';
import { QuantityBar } from '../components/quantity-bar.tsx';
import { Ago, StatusBadge } from '../components/said.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';
import { OrderActs } from './order-acts.tsx';
import { OrderEvents } from './order-events.tsx';
import { OrderItems } from './order-items.tsx';

const route = getRouteApi('/orders/$orderId');

type Order = AnswerOf<'getOrder'>;

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
  return <OrderShown order={answer.data} />;
}

function OrderShown({ order }: { readonly order: Order }) {
  const { words } = useLanguage();
  const sentence = (
    <Group gap="xs">
      <StatusBadge status={order.status} />
      <span>{words.order.of(order.customer ?? words.orders.guest, order.channel)}</span>
      <Ago at={order.placedAt} />
    </Group>
  );
  return (
    <>
      <PageHead title={words.order.order(order.number)} sentence={sentence}>
        <OrderActs order={order} />
      </PageHead>
      {order.hold !== null && (
        <Alert color="gray" mb="md" title={words.order.heldBecause(order.hold)}>
          {words.order.held}
        </Alert>
      )}
      <QuantityBar quantities={totalOf(order)} />
      <Title order={2} size="h3" mt="lg" mb="sm">
        {words.order.items}
      </Title>
      <OrderItems order={order} />
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.order.events}
      </Title>
      <OrderEvents orderId={order.id} />
    </>
  );
}

type Quantities = Order['items'][number]['quantities'];

function totalOf({ items }: Order): Quantities {
  const total = {
    ordered: 0,
    pending: 0,
    allocated: 0,
    backordered: 0,
    preordered: 0,
    unfillable: 0,
    shipped: 0,
    cancelled: 0,
  };
  for (const { quantities } of items) {
    for (const bucket of Object.keys(total) as (keyof typeof total)[]) total[bucket] += quantities[bucket];
  }
  return total;
}
