/** A stock document as a form: where, which products, how many; beside each line what is there now and what will be. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { showError } from '../api/answers.tsx';
import { Choice, useCodes } from '../components/choice.tsx';
import { TextField } from '../components/text-field.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { filledLines, needsReason, type StockAct, type StockForm, sendStock } from './stock-act.ts';
import { StockLines } from './stock-lines.tsx';

interface StockDialogProps {
  readonly act: StockAct;
  readonly sku: string | undefined;
  readonly close: () => void;
}

export function StockDialog({ act, sku, close }: StockDialogProps) {
  const language = useLanguage();
  const { words } = language;
  const shown = useQueryClient();
  const warehouses = useCodes('listWarehouses');
  // one key for the form: sent twice, it has one effect
  const [key] = useState(() => crypto.randomUUID());
  const [isSending, setSending] = useState(false);
  const [form, setForm] = useState<StockForm>({
    reference: `${act}-${key.slice(0, 8)}`,
    warehouse: '',
    to: '',
    reason: '',
    lines: [{ sku: sku ?? '', units: undefined }],
  });
  const from = form.warehouse === '' ? (warehouses[0]?.value ?? '') : form.warehouse;
  const other = warehouses.find(({ value }) => value !== from)?.value ?? '';
  const to = form.to === '' || form.to === from ? other : form.to;
  const isReady =
    filledLines(form).length > 0 && (!needsReason(act) || form.reason.trim() !== '') && from !== '';
  async function send(): Promise<void> {
    await sendStock(act, { ...form, warehouse: from, to }, key);
    close();
    notifications.show({ message: words.stock.done[act] });
    await shown.invalidateQueries();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setSending(true);
    send().catch((error: unknown) => {
      setSending(false);
      showError(error, language);
    });
  }
  return (
    <Modal opened onClose={close} size="xl" title={words.stock.acts[act]} centered>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text className={tone.soft}>{words.stock.help[act]}</Text>
          <StockHead act={act} form={{ ...form, warehouse: from, to }} change={setForm} />
          <StockLines
            act={act}
            warehouse={from}
            lines={form.lines}
            change={(lines) => setForm({ ...form, lines })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {words.table.leave}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isSending}>
              {words.stock.acts[act]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface StockHeadProps {
  readonly act: StockAct;
  readonly form: StockForm;
  readonly change: (form: StockForm) => void;
}

/** Where, under which reference, and why. */
function StockHead({ act, form, change }: StockHeadProps) {
  const { words } = useLanguage();
  const warehouses = useCodes('listWarehouses');
  const others = warehouses.filter(({ value }) => value !== form.warehouse);
  return (
    <Group gap="sm" align="flex-end">
      <Choice
        label={act === 'transfer' ? words.stock.from : words.inventory.warehouse}
        value={form.warehouse}
        choose={(warehouse = '') => change({ ...form, warehouse })}
        options={warehouses}
      />
      {act === 'transfer' && (
        <Choice
          label={words.stock.to}
          value={form.to}
          choose={(next = '') => change({ ...form, to: next })}
          options={others}
        />
      )}
      <TextField
        label={words.order.reference}
        value={form.reference}
        write={(reference) => change({ ...form, reference })}
        required
      />
      <TextField
        label={words.order.reason}
        value={form.reason}
        write={(reason) => change({ ...form, reason })}
        required={needsReason(act)}
      />
    </Group>
  );
}
