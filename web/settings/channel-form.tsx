/** A sales channel, new or as it is. What is changed counts for orders from now on; those who wait are looked at again. */
import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { useCodes } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { textsOf } from '../components/form-texts.ts';
import { Ordered } from '../components/ordered.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';

type Channel = AnswerOf<'getSalesChannel'>;

function newChannel(): Channel {
  return {
    code: '',
    name: '',
    currency: 'EUR',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    acceptance: 'strict',
    shipping: 'partial',
    whenIncomplete: 'hold',
    warehouses: [],
    enabled: true,
  };
}

function put({ code, ...body }: Channel) {
  return { params: { channel: code.trim() }, body };
}

export function ChannelForm({ channel }: { readonly channel?: Channel }) {
  const { words } = useLanguage();
  const [form, setForm] = useState(channel ?? newChannel());
  const warehouses = useCodes('listWarehouses');
  const act = useAct('putSalesChannel', ({ name }) => words.table.saved(name), {
    undo: () => (channel === undefined ? undefined : () => client.must('putSalesChannel', put(channel))),
  });
  const text = textsOf<Channel, 'code' | 'name' | 'currency' | 'timeZone'>(form, setForm);
  return (
    <Dialog
      act={channel === undefined ? words.channels.add : words.table.edit}
      title={channel?.name ?? words.channels.add}
      isMain={channel === undefined}
      begin={() => setForm(channel ?? newChannel())}
      run={() => act.mutateAsync(put(form))}
    >
      <Group grow align="flex-start">
        <TextField label={words.suppliers.code} {...text('code')} disabled={channel !== undefined} />
        <TextField label={words.products.name} {...text('name')} />
      </Group>
      <Group grow align="flex-start">
        <TextField label={words.suppliers.currency} {...text('currency')} />
        <TextField label={words.policy.timeZone} {...text('timeZone')} />
      </Group>
      <HowItSells channel={form} change={setForm} />
      <Ordered
        label={words.channels.servedBy}
        values={form.warehouses}
        options={warehouses}
        change={(next) => setForm({ ...form, warehouses: [...next] })}
      />
      <Checkbox
        label={words.table.enabled}
        checked={form.enabled}
        onChange={(event) => setForm({ ...form, enabled: event.currentTarget.checked })}
      />
    </Dialog>
  );
}

interface HowItSellsProps {
  readonly channel: Channel;
  readonly change: (channel: Channel) => void;
}

function HowItSells({ channel, change }: HowItSellsProps) {
  const { words } = useLanguage();
  return (
    <>
      <NativeSelect
        label={words.channels.acceptance}
        value={channel.acceptance}
        onChange={(event) =>
          change({
            ...channel,
            acceptance: event.currentTarget.value === 'accept_always' ? 'accept_always' : 'strict',
          })
        }
        data={(['strict', 'accept_always'] as const).map((value) => ({
          value,
          label: words.channels.accepts[value],
        }))}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={words.channels.shipping}
          value={channel.shipping}
          onChange={(event) =>
            change({
              ...channel,
              shipping: event.currentTarget.value === 'complete' ? 'complete' : 'partial',
            })
          }
          data={(['partial', 'complete'] as const).map((value) => ({
            value,
            label: words.channels.ships[value],
          }))}
        />
        <NativeSelect
          label={words.channels.whenIncomplete}
          value={channel.whenIncomplete}
          onChange={(event) =>
            change({
              ...channel,
              whenIncomplete: event.currentTarget.value === 'give_back' ? 'give_back' : 'hold',
            })
          }
          data={(['hold', 'give_back'] as const).map((value) => ({
            value,
            label: words.channels.incomplete[value],
          }))}
        />
      </Group>
    </>
  );
}
