/** What can be done with a purchase order as it stands: send, confirm, receive, move its days, close, cancel. */
import { Button, Group } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useLanguage } from '../words/words.tsx';
import { MovingDates } from './moving-dates.tsx';
import { Receiving } from './receiving.tsx';

type PurchaseOrder = AnswerOf<'getPurchaseOrder'>;

export function PurchaseOrderActs({ order }: { readonly order: PurchaseOrder }) {
  const { words, count } = useLanguage();
  const params = { purchaseOrder: order.number };
  const send = useAct('sendPurchaseOrder', () => words.incoming.done.sent);
  const confirm = useAct('confirmPurchaseOrder', () => words.incoming.done.confirmed);
  const close = useAct('closePurchaseOrder', () => words.incoming.done.closed);
  const cancel = useAct('cancelPurchaseOrder', () => words.incoming.done.cancelled);
  const open = order.lines.reduce((sum, line) => sum + line.open, 0);
  const isOnItsWay = ['sent', 'confirmed', 'partly_received'].includes(order.status);
  const isUntouched = ['draft', 'sent', 'confirmed'].includes(order.status);
  return (
    <Group gap="xs">
      {order.status === 'draft' && (
        <Button loading={send.isPending} onClick={() => send.mutate({ params })}>
          {words.incoming.send}
        </Button>
      )}
      {order.status === 'sent' && (
        <Button
          variant="default"
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ params, body: {} })}
        >
          {words.incoming.confirm}
        </Button>
      )}
      {isOnItsWay && open > 0 && (
        <>
          <MovingDates order={order} />
          <Dialog act={words.incoming.close} isRed run={() => close.mutateAsync({ params, body: {} })}>
            <p>{words.incoming.closeEffect(count(open))}</p>
          </Dialog>
          <Receiving order={order} />
        </>
      )}
      {isUntouched && (
        <Dialog act={words.incoming.cancel} isRed run={() => cancel.mutateAsync({ params, body: {} })}>
          <p>{words.incoming.cancelEffect}</p>
        </Dialog>
      )}
    </Group>
  );
}
