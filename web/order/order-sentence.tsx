/** An order in a line: its status, whose it is, and since when. */
import { Group } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { Ago, StatusBadge } from '../components/said.tsx';
import { useLanguage } from '../words/words.tsx';

export function OrderSentence({ order }: { readonly order: AnswerOf<'getOrder'> }) {
  const { words } = useLanguage();
  return (
    <Group gap="xs">
      <StatusBadge status={order.status} />
      <span>{words.order.of(order.customer ?? words.orders.guest, order.channel)}</span>
      <Ago at={order.placedAt} />
    </Group>
  );
}
