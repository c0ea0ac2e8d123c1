/** What can be done with an order. What an act will do is said before it is done. */
import { Button, Group, Modal, NumberInput, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { useLanguage } from '../words/words.tsx';
import { Changing } from './changing-order.tsx';
import { Holding } from './holding.tsx';
import { Rejecting } from './rejecting.tsx';
import { Shipping } from './shipping.tsx';

type Order = AnswerOf<'getOrder'>;

const MOST_PRIORITY = 100;

export function OrderActs({ order }: { readonly order: Order }) {
  const { words } = useLanguage();
  const params = { orderId: order.id };
  const lift = useAct('liftHold', () => words.order.done.lifted, {
    undo: () => () =>
      client.must('holdOrder', { params, body: { reason: order.hold ?? words.order.holdReason } }),
  });
  const open = order.items.some(({ quantities }) => openUnits(quantities) > 0);
  if (!open) return null;
  return (
    <Group gap="xs">
      <Priority order={order} />
      {order.hold === null ? (
        <Holding order={order} />
      ) : (
        <Button loading={lift.isPending} onClick={() => lift.mutate({ params })}>
          {words.order.lift}
        </Button>
      )}
      <Changing order={order} />
      <Shipping order={order} />
      <Rejecting order={order} />
      <Cancelling order={order} />
    </Group>
  );
}

function openUnits(quantities: Order['items'][number]['quantities']): number {
  return quantities.ordered - quantities.shipped - quantities.cancelled;
}

function Priority({ order }: { readonly order: Order }) {
  const { words } = useLanguage();
  const [priority, setPriority] = useState<number | string>(order.priority);
  const [opened, { toggle, close }] = useDisclosure();
  const act = useAct('prioritizeOrder', () => words.order.done.priority, {
    undo: () => () =>
      client.must('prioritizeOrder', {
        params: { orderId: order.id },
        body: { priority: order.priority },
      }),
  });
  return (
    <Popover opened={opened} onChange={(isOpen) => !isOpen && close()} trapFocus position="bottom-end">
      <Popover.Target>
        <Button variant="default" onClick={toggle} aria-expanded={opened}>
          {words.order.priority} {order.priority}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label={words.order.priority}
          description={words.order.priorityHelp}
          value={priority}
          onChange={setPriority}
          min={-MOST_PRIORITY}
          max={MOST_PRIORITY}
          allowDecimal={false}
        />
        <Text size="sm" mt="xs">
          {words.order.priorityEffect}
        </Text>
        <Button
          mt="sm"
          loading={act.isPending}
          onClick={() => {
            act.mutate({ params: { orderId: order.id }, body: { priority: Number(priority) } });
            close();
          }}
        >
          {words.order.set}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Cancelling({ order }: { readonly order: Order }) {
  const { words, count } = useLanguage();
  const [opened, { open, close }] = useDisclosure();
  const act = useAct('cancelOrder', () => words.order.done.cancelled);
  const units = order.items.reduce((sum, { quantities }) => sum + openUnits(quantities), 0);
  const free = order.items.reduce((sum, { quantities }) => sum + quantities.allocated, 0);
  return (
    <>
      <Button variant="default" onClick={open}>
        {words.order.cancel}
      </Button>
      <Modal opened={opened} onClose={close} title={words.order.cancelTitle} centered>
        <Text mb="md">{words.order.cancelEffect(count(units), count(free))}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {words.order.keep}
          </Button>
          <Button
            color="red"
            loading={act.isPending}
            onClick={() => {
              act.mutate({ params: { orderId: order.id }, body: {} });
              close();
            }}
          >
            {words.order.cancel}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
