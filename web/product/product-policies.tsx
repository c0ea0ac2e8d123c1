/** The policy of a product, and what replaces it on a channel. A change can be taken back for ten seconds. */
import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import box from '../components/box.module.css';
import { Choice, useCodes } from '../components/choice.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { type Policy, PolicyForm } from './policy-form.tsx';

type Product = AnswerOf<'getProduct'>;

export function ProductPolicies({ product }: { readonly product: Product }) {
  const { words } = useLanguage();
  const { sku, name, tags, weightGrams, policy, channelPolicies } = product;
  const params = { sku };
  const kept = { name, tags, weightGrams };
  const put = useAct('putProduct', () => words.policy.saved, {
    undo: () => () => client.must('putProduct', { params, body: { ...kept, policy } }),
  });
  return (
    <>
      <Title order={2} size="h3" mt="xl">
        {words.policy.title}
      </Title>
      <p className={tone.soft}>{words.policy.help}</p>
      <PolicyForm
        key={JSON.stringify(policy)}
        policy={policy}
        act={words.policy.save}
        save={(next) => put.mutateAsync({ params, body: { ...kept, policy: next } })}
      />
      <Title order={3} size="h4" mt="lg">
        {words.policy.onChannels}
      </Title>
      {channelPolicies.map((each) => (
        <ChannelPolicy key={each.channel} sku={sku} channel={each.channel} policy={each.policy} />
      ))}
      <AddChannelPolicy product={product} />
    </>
  );
}

interface ChannelPolicyProps {
  readonly sku: string;
  readonly channel: string;
  readonly policy: Policy;
}

function ChannelPolicy({ sku, channel, policy }: ChannelPolicyProps) {
  const { words } = useLanguage();
  const params = { sku, channel };
  const back = () => client.must('putChannelPolicy', { params, body: policy });
  const put = useAct('putChannelPolicy', () => words.policy.saved, { undo: () => back });
  const remove = useAct('deleteChannelPolicy', () => words.policy.removed(channel), { undo: () => back });
  return (
    <section className={box.box} aria-label={words.policy.of(channel)}>
      <Group justify="space-between">
        <Title order={4} size="h5">
          {words.policy.of(channel)}
        </Title>
        <Button
          size="xs"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
        >
          {words.policy.remove}
        </Button>
      </Group>
      <PolicyForm
        key={JSON.stringify(policy)}
        policy={policy}
        act={words.policy.save}
        save={(next) => put.mutateAsync({ params, body: next })}
      />
    </section>
  );
}

function AddChannelPolicy({ product }: { readonly product: Product }) {
  const { words } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const channels = useCodes('listSalesChannels').filter(
    ({ value }) => !product.channelPolicies.some(({ channel }) => channel === value),
  );
  const put = useAct('putChannelPolicy', () => words.policy.saved);
  if (channels.length === 0) return null;
  return (
    <>
      <Group mt="sm">
        <Choice
          label={words.policy.addFor}
          any={words.policy.addFor}
          value={chosen}
          choose={setChosen}
          options={channels}
        />
      </Group>
      {chosen !== undefined && (
        <section className={box.box} aria-label={words.policy.of(chosen)}>
          <PolicyForm
            key={chosen}
            policy={product.policy}
            act={words.policy.add}
            isNew
            save={async (policy) => {
              await put.mutateAsync({ params: { sku: product.sku, channel: chosen }, body: policy });
              setChosen(undefined);
            }}
          />
        </section>
      )}
    </>
  );
}
