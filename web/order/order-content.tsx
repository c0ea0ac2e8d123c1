/** What there is to know of an order: its units, its items and why they stand so, its shipments, and what happened. */
import { Alert, Title } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { Entries } from '../components/entries.tsx';
import { QuantityBar, totalOf } from '../components/figures/quantity-bar.tsx';
import { Ago } from '../components/said.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { OrderEvents } from './order-events.tsx';
import { OrderItems } from './order-items.tsx';

type Order = AnswerOf<'getOrder'>;

export function OrderContent({ order }: { readonly order: Order }) {
  const { words } = useLanguage();
  return (
    <>
      {order.hold !== null && (
        <Alert color="gray" mb="md" title={words.order.heldBecause(order.hold)}>
          {words.order.held}
        </Alert>
      )}
      <QuantityBar quantities={totalOf(order.items.map(({ quantities }) => quantities))} />
      <Title order={2} size="h3" mt="lg" mb="sm">
        {words.order.items}
      </Title>
      <OrderItems order={order} />
      {order.shipments.length > 0 && <Shipments order={order} />}
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.order.events}
      </Title>
      <OrderEvents orderId={order.id} />
    </>
  );
}

function Shipments({ order }: { readonly order: Order }) {
  const { words, figure } = useLanguage();
  return (
    <>
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.order.shipments}
      </Title>
      <Entries>
        {order.shipments.map(({ reference, warehouse, tracking, shippedAt, items }) => (
          <li key={reference}>
            <strong>{reference}</strong> {warehouse}, <Ago at={shippedAt} />
            <span className={tone.soft}>
              {tracking !== null && ` · ${tracking}`} ·{' '}
              {items.map(({ line, units }) => `${words.events.line(line)}: ${figure(units)}`).join(', ')}
            </span>
          </li>
        ))}
      </Entries>
    </>
  );
}
