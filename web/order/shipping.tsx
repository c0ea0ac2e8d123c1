/** Ships what is allocated in one warehouse: units leave the books there. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Choice } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';
import { warehousesOf } from './warehouses-of.ts';

export function Shipping({ order }: { readonly order: AnswerOf<'getOrder'> }) {
  const { words, count } = useLanguage();
  const warehouses = warehousesOf(order);
  const [chosen, setChosen] = useState<string>();
  const [reference, setReference] = useState('');
  const [tracking, setTracking] = useState('');
  const act = useAct('shipItems', () => words.order.done.shipped);
  const from = warehouses.find(({ warehouse }) => warehouse === chosen) ?? warehouses[0];
  if (from === undefined || order.hold !== null) return null;
  return (
    <Dialog
      act={words.order.ship}
      begin={() => setReference(`${order.number}-${order.shipments.length + 1}`)}
      disabled={reference.trim() === ''}
      run={() =>
        act.mutateAsync({
          params: { orderId: order.id },
          body: {
            reference: reference.trim(),
            warehouse: from.warehouse,
            tracking: tracking.trim() === '' ? null : tracking.trim(),
            items: from.items.map(({ line, open }) => ({ line, units: open })),
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
      <TextField
        label={words.order.reference}
        description={words.order.referenceHelp}
        value={reference}
        write={setReference}
        required
      />
      <TextField label={words.order.tracking} value={tracking} write={setTracking} />
      <Text aria-live="polite">
        {words.order.shipEffect(count(from.units), count(from.items.length), from.warehouse)}
      </Text>
    </Dialog>
  );
}
