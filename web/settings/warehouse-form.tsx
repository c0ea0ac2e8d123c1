/** A warehouse, new or as it is. One that is switched on serves those who wait for its stock. */
import { Checkbox, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';

type Warehouse = AnswerOf<'getWarehouse'>;

function newWarehouse(): Warehouse {
  return {
    code: '',
    name: '',
    kind: 'own',
    stock: 'managed',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    country: null,
    latitude: null,
    longitude: null,
    handlingDays: 0,
    closedWeekdays: [],
    closedDates: [],
    enabled: true,
  };
}

function put({ code, ...body }: Warehouse) {
  return { params: { warehouse: code.trim() }, body };
}

/** Monday to Sunday, as ISO numbers them, each as a day that is one. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, date: `2024-01-0${day}` }));

export function WarehouseForm({ warehouse }: { readonly warehouse?: Warehouse }) {
  const { words } = useLanguage();
  const [form, setForm] = useState(warehouse ?? newWarehouse());
  const act = useAct('putWarehouse', ({ name }) => words.table.saved(name), {
    undo: () => (warehouse === undefined ? undefined : () => client.must('putWarehouse', put(warehouse))),
  });
  return (
    <Dialog
      act={warehouse === undefined ? words.warehouses.add : words.table.edit}
      title={warehouse?.name ?? words.warehouses.add}
      isMain={warehouse === undefined}
      begin={() => setForm(warehouse ?? newWarehouse())}
      run={() => act.mutateAsync(put(form))}
    >
      <Group grow align="flex-start">
        <TextField
          label={words.suppliers.code}
          value={form.code}
          write={(code) => setForm({ ...form, code })}
          required
          disabled={warehouse !== undefined}
        />
        <TextField
          label={words.products.name}
          value={form.name}
          write={(name) => setForm({ ...form, name })}
          required
        />
      </Group>
      <KindFields warehouse={form} change={setForm} />
      <PlaceFields warehouse={form} change={setForm} />
      <ClosedFields warehouse={form} change={setForm} />
      <Checkbox
        label={words.table.enabled}
        checked={form.enabled}
        onChange={(event) => setForm({ ...form, enabled: event.currentTarget.checked })}
      />
    </Dialog>
  );
}

interface FieldsProps {
  readonly warehouse: Warehouse;
  readonly change: (warehouse: Warehouse) => void;
}

function KindFields({ warehouse, change }: FieldsProps) {
  const { words } = useLanguage();
  return (
    <Group grow align="flex-start">
      <NativeSelect
        label={words.warehouses.kind}
        value={warehouse.kind}
        onChange={(event) => {
          const kind = event.currentTarget.value === 'external' ? 'external' : 'own';
          change({ ...warehouse, kind, stock: kind === 'own' ? 'managed' : warehouse.stock });
        }}
        data={(['own', 'external'] as const).map((value) => ({
          value,
          label: words.warehouses.kinds[value],
        }))}
      />
      <NativeSelect
        label={words.warehouses.stock}
        value={warehouse.stock}
        disabled={warehouse.kind !== 'external'}
        onChange={(event) =>
          change({
            ...warehouse,
            stock: event.currentTarget.value === 'unmanaged' ? 'unmanaged' : 'managed',
          })
        }
        data={(['managed', 'unmanaged'] as const).map((value) => ({
          value,
          label: words.warehouses.stocks[value],
        }))}
      />
    </Group>
  );
}

function PlaceFields({ warehouse, change }: FieldsProps) {
  const { words } = useLanguage();
  return (
    <>
      <Group grow align="flex-start">
        <TextField
          label={words.policy.timeZone}
          value={warehouse.timeZone}
          write={(timeZone) => change({ ...warehouse, timeZone })}
          required
        />
        <TextInput
          label={words.warehouses.country}
          placeholder="NL"
          maxLength={2}
          value={warehouse.country ?? ''}
          onChange={(event) =>
            change({ ...warehouse, country: event.currentTarget.value.toUpperCase() || null })
          }
        />
      </Group>
      <Group grow align="flex-start">
        {(['latitude', 'longitude'] as const).map((name) => (
          <NumberInput
            key={name}
            label={words.warehouses[name]}
            value={warehouse[name] ?? ''}
            onChange={(value) => change({ ...warehouse, [name]: typeof value === 'number' ? value : null })}
            min={name === 'latitude' ? -90 : -180}
            max={name === 'latitude' ? 90 : 180}
            hideControls
          />
        ))}
        <WholeNumber
          label={words.warehouses.handlingDays}
          min={0}
          max={365}
          value={warehouse.handlingDays}
          choose={(days) => change({ ...warehouse, handlingDays: days ?? 0 })}
        />
      </Group>
    </>
  );
}

function ClosedFields({ warehouse, change }: FieldsProps) {
  const { words, weekday } = useLanguage();
  return (
    <fieldset>
      <legend>{words.warehouses.closed}</legend>
      <Group gap="md">
        {WEEKDAYS.map(({ day, date }) => (
          <Checkbox
            key={day}
            label={weekday(date)}
            checked={warehouse.closedWeekdays.includes(day)}
            onChange={(event) => {
              const others = warehouse.closedWeekdays.filter((each) => each !== day);
              change({
                ...warehouse,
                closedWeekdays: event.currentTarget.checked ? [...others, day].sort() : others,
              });
            }}
          />
        ))}
      </Group>
    </fieldset>
  );
}
