/** A warehouse rejects what it should ship: the others are tried, and it is not asked again for these items. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Choice } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';
import { warehousesOf } from './warehouses-of.ts';

export function Rejecting({ order }: { readonly order: AnswerOf<'getOrder'> }) {
  const { words, count } = useLanguage();
  const warehouses = warehousesOf(order);
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  const act = useAct('rejectAllocation', () => words.order.done.rejected);
  const from = warehouses.find(({ warehouse }) => warehouse === chosen) ?? warehouses[0];
  if (from === undefined) return null;
  return (
    <Dialog
      act={words.order.reject}
      disabled={reason.trim() === ''}
      run={() =>
        act.mutateAsync({
          params: { orderId: order.id },
          body: {
            warehouse: from.warehouse,
            reason: reason.trim(),
            lines: from.items.map(({ line }) => line),
          },
        })
      }
    >
      <Choice
        label={words.inventory.warehouse}
        value={from.warehouse}
        choose={setChosen}
        options={warehouses.map(({ warehouse }) => ({ value: warehouse, label: warehouse }))}
      />
      <TextField label={words.order.reason} value={reason} write={setReason} required />
      <Text aria-live="polite">{words.order.rejectEffect(count(from.units), from.warehouse)}</Text>
    </Dialog>
  );
}
