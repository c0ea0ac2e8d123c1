/** A supplier, new or as it is: written whole. */
import { Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Dialog } from '../components/dialog.tsx';
import { textsOf } from '../components/form-texts.ts';
import { TextField } from '../components/text-field.tsx';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';

type Supplier = AnswerOf<'getSupplier'>;

const USUAL_LEAD_DAYS = 14;

function newSupplier(): Supplier {
  return {
    code: '',
    name: '',
    currency: 'EUR',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    leadDays: USUAL_LEAD_DAYS,
    closedWeekdays: [],
    closedDates: [],
    minimumOrder: null,
    overReceiptPercent: 0,
    enabled: true,
  };
}

export function SupplierForm({ supplier }: { readonly supplier?: Supplier }) {
  const { words } = useLanguage();
  const [form, setForm] = useState(supplier ?? newSupplier());
  const act = useAct('putSupplier', ({ name }) => words.table.saved(name));
  const text = textsOf<Supplier, 'code' | 'name' | 'currency' | 'timeZone'>(form, setForm);
  return (
    <Dialog
      act={supplier === undefined ? words.suppliers.add : words.table.edit}
      isMain={supplier === undefined}
      begin={() => setForm(supplier ?? newSupplier())}
      run={() => {
        const { code, ...body } = form;
        return act.mutateAsync({ params: { supplier: code.trim() }, body });
      }}
    >
      <Group grow align="flex-start">
        <TextField label={words.suppliers.code} {...text('code')} disabled={supplier !== undefined} />
        <TextField label={words.products.name} {...text('name')} />
      </Group>
      <Group grow align="flex-start">
        <TextField label={words.suppliers.currency} {...text('currency')} />
        <TextField label={words.policy.timeZone} {...text('timeZone')} />
      </Group>
      <Group grow align="flex-start">
        <WholeNumber
          label={words.suppliers.leadDays}
          min={0}
          max={1000}
          value={form.leadDays}
          choose={(leadDays) => setForm({ ...form, leadDays: leadDays ?? 0 })}
        />
        <WholeNumber
          label={words.suppliers.over}
          min={0}
          max={100}
          value={form.overReceiptPercent}
          choose={(percent) => setForm({ ...form, overReceiptPercent: percent ?? 0 })}
        />
      </Group>
      <Checkbox
        label={words.table.enabled}
        checked={form.enabled}
        onChange={(event) => setForm({ ...form, enabled: event.currentTarget.checked })}
      />
    </Dialog>
  );
}
