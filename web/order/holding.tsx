/** Puts an order on hold: what that does to what it has, and why it is done, before it is done. */
import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { totalOf } from '../components/figures/quantity-bar.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';

export function Holding({ order }: { readonly order: AnswerOf<'getOrder'> }) {
  const { words, count } = useLanguage();
  const [reason, setReason] = useState('');
  const [giveBack, setGiveBack] = useState(false);
  const params = { orderId: order.id };
  const act = useAct('holdOrder', () => words.order.done.held, {
    undo: () => () => client.must('liftHold', { params }),
  });
  const { allocated } = totalOf(order.items.map(({ quantities }) => quantities));
  return (
    <Dialog
      act={words.order.hold}
      begin={() => {
        setReason(words.order.holdReason);
        setGiveBack(false);
      }}
      disabled={reason.trim() === ''}
      run={() => act.mutateAsync({ params, body: { reason: reason.trim(), giveBack } })}
    >
      <TextField label={words.order.reason} value={reason} write={setReason} required />
      {allocated > 0 && (
        <Checkbox
          label={words.order.giveBack}
          checked={giveBack}
          onChange={(event) => setGiveBack(event.currentTarget.checked)}
        />
      )}
      <Text aria-live="polite">{words.order.holdEffect(count(allocated), giveBack)}</Text>
    </Dialog>
  );
}
