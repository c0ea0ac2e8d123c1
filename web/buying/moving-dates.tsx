/** The supplier named another day: promises that hang on it move. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';

export function MovingDates({ order }: { readonly order: AnswerOf<'getPurchaseOrder'> }) {
  const { words } = useLanguage();
  const [expectedOn, setExpectedOn] = useState('');
  const [reason, setReason] = useState('');
  const params = { purchaseOrder: order.number };
  const open = order.lines.filter((line) => line.open > 0);
  const before = open.flatMap(({ line, expectedOn: on }) => (on === null ? [] : [{ line, expectedOn: on }]));
  const act = useAct('quoteExpectedDates', () => words.incoming.done.moved, {
    undo: () => () => client.must('quoteExpectedDates', { params, body: { lines: before } }),
  });
  return (
    <Dialog
      act={words.incoming.move}
      begin={() => setExpectedOn(before[0]?.expectedOn ?? '')}
      disabled={expectedOn === ''}
      run={() =>
        act.mutateAsync({
          params,
          body: {
            ...(reason.trim() !== '' && { reason: reason.trim() }),
            lines: open.map(({ line }) => ({ line, expectedOn })),
          },
        })
      }
    >
      <TextField
        type="date"
        label={words.incoming.newDay}
        value={expectedOn}
        write={setExpectedOn}
        required
      />
      <TextField label={words.order.reason} value={reason} write={setReason} />
      <Text>{words.incoming.moveEffect}</Text>
    </Dialog>
  );
}
