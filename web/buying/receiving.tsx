/** Counts in what arrived of a purchase order, in one warehouse; those who wait are served from it. */
import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Choice } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Table } from '../components/list/table.tsx';
import { TextField } from '../components/text-field.tsx';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';

type PurchaseOrder = AnswerOf<'getPurchaseOrder'>;

export function Receiving({ order }: { readonly order: PurchaseOrder }) {
  const { words, count } = useLanguage();
  const [counted, setCounted] = useState<ReadonlyMap<number, number>>(new Map());
  const [reference, setReference] = useState('');
  const [chosen, setChosen] = useState<string>();
  const act = useAct('receivePurchaseOrder', () => words.incoming.done.received);
  const openLines = order.lines.filter(({ open }) => open > 0);
  const warehouses = [...new Set(openLines.map(({ warehouse }) => warehouse))];
  const warehouse = chosen ?? warehouses[0] ?? '';
  const lines = openLines.filter((line) => line.warehouse === warehouse);
  const taken = lines.flatMap(({ line, open }) => {
    const units = counted.get(line) ?? open;
    return units > 0 ? [{ line, units }] : [];
  });
  return (
    <Dialog
      act={words.incoming.receive}
      isMain
      begin={() => {
        setCounted(new Map());
        setReference(`${order.number}-${order.receipts.length + 1}`);
      }}
      disabled={taken.length === 0 || reference.trim() === ''}
      run={() =>
        act.mutateAsync({
          params: { purchaseOrder: order.number },
          body: { reference: reference.trim(), warehouse, lines: taken },
        })
      }
    >
      <Group align="flex-end">
        <Choice
          label={words.inventory.warehouse}
          value={warehouse}
          choose={setChosen}
          options={warehouses.map((value) => ({ value, label: value }))}
        />
        <TextField label={words.order.reference} value={reference} write={setReference} required />
      </Group>
      <CountedLines
        lines={lines}
        counted={counted}
        count={(line, units) => setCounted(new Map([...counted, [line, units]]))}
      />
      <Text aria-live="polite">
        {words.incoming.receiveEffect(count(taken.reduce((sum, { units }) => sum + units, 0)), warehouse)}
      </Text>
    </Dialog>
  );
}

interface CountedLinesProps {
  readonly lines: PurchaseOrder['lines'];
  /** By line; what is open unless counted otherwise. */
  readonly counted: ReadonlyMap<number, number>;
  readonly count: (line: number, units: number) => void;
}

function CountedLines({ lines, counted, count }: CountedLinesProps) {
  const { words, figure } = useLanguage();
  return (
    <Table
      label={words.incoming.receive}
      rows={lines}
      keyOf={({ line }) => String(line)}
      columns={[
        { head: words.order.line, cell: ({ line }) => figure(line), isFigure: true },
        { head: words.orders.sku, cell: ({ sku }) => sku },
        { head: words.incoming.open, cell: ({ open }) => figure(open), isFigure: true },
        {
          head: words.incoming.counted,
          cell: ({ line, open }) => (
            <WholeNumber
              label={words.incoming.countedOf(line)}
              isLabelHidden
              min={0}
              value={counted.get(line) ?? open}
              choose={(units) => count(line, units ?? 0)}
            />
          ),
        },
      ]}
    />
  );
}
