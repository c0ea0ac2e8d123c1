/** A new purchase order as a draft: supplier, where it is to arrive, what, and by when. */
import { Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../api/answers.tsx';
import { Choice, useCodes } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import tone from '../components/tone.module.css';
import { filledLines, type StockLine } from '../stock/stock-act.ts';
import { StockLines } from '../stock/stock-lines.tsx';
import { useLanguage } from '../words/words.tsx';

const NO_LINES: readonly StockLine[] = [{ sku: '', units: undefined }];

export function AddPurchaseOrder() {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const suppliers = useCodes('listSuppliers');
  const warehouses = useCodes('listWarehouses');
  const [number, setNumber] = useState('');
  const [supplier = suppliers[0]?.value ?? '', setSupplier] = useState<string>();
  const [warehouse = warehouses[0]?.value ?? '', setWarehouse] = useState<string>();
  const [expectedOn, setExpectedOn] = useState('');
  const [lines, setLines] = useState(NO_LINES);
  const act = useAct('putPurchaseOrder', (order) => words.incoming.done.drafted(order.number));
  const filled = filledLines({ lines });
  return (
    <Dialog
      act={words.incoming.add}
      isMain
      begin={() => {
        setNumber('');
        setLines(NO_LINES);
      }}
      disabled={number.trim() === '' || supplier === '' || warehouse === '' || filled.length === 0}
      run={async () => {
        const order = await act.mutateAsync({
          params: { purchaseOrder: number.trim() },
          body: {
            supplier,
            lines: filled.map(({ sku, units }) => ({
              sku,
              warehouse,
              quantity: units,
              expectedOn: expectedOn === '' ? null : expectedOn,
            })),
          },
        });
        await navigate({ to: '/incoming/$number', params: { number: order.number } });
      }}
    >
      <Group align="flex-end">
        <TextField label={words.incoming.number} value={number} write={setNumber} required data-autofocus />
        <Choice label={words.incoming.supplier} value={supplier} choose={setSupplier} options={suppliers} />
        <Choice
          label={words.inventory.warehouse}
          value={warehouse}
          choose={setWarehouse}
          options={warehouses}
        />
        <TextField
          type="date"
          label={words.incoming.expected}
          description={words.incoming.expectedHelp}
          value={expectedOn}
          write={setExpectedOn}
        />
      </Group>
      {suppliers.length === 0 && <p className={tone.soft}>{words.incoming.noSupplier}</p>}
      <StockLines act="receive" warehouse={warehouse} lines={lines} change={setLines} />
    </Dialog>
  );
}
