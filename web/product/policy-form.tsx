/** What of a product may wait: backorders and pre-orders with their limits, and the release. Empty limits are none. */
import { Button, Checkbox, Group, SimpleGrid, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';

export type Policy = AnswerOf<'getProduct'>['policy'];
type Limits = Policy['backorder']['limits'];

const LIMITS = ['perOrder', 'perCustomer', 'perChannel', 'perProduct'] as const;

interface PolicyFormProps {
  readonly policy: Policy;
  readonly save: (policy: Policy) => Promise<unknown>;
  /** Of the button that saves it. */
  readonly act: string;
  /** Saved as it stands, too: an override may begin as the product's own policy. */
  readonly isNew?: boolean;
}

export function PolicyForm({ policy, save, act, isNew }: PolicyFormProps) {
  const { words } = useLanguage();
  const [next, setNext] = useState(policy);
  const [isSaving, setSaving] = useState(false);
  const isSame = JSON.stringify(next) === JSON.stringify(policy) && isNew !== true;
  function submit(event: FormEvent): void {
    event.preventDefault();
    setSaving(true);
    save(next)
      .catch(() => undefined)
      .finally(() => setSaving(false));
  }
  return (
    <form onSubmit={submit}>
      <BackorderFields policy={next} change={setNext} />
      <PreorderFields policy={next} change={setNext} />
      <Group mt="sm">
        <Button type="submit" disabled={isSame} loading={isSaving}>
          {act}
        </Button>
        {!isSame && isNew !== true && (
          <Button variant="default" onClick={() => setNext(policy)}>
            {words.table.leave}
          </Button>
        )}
      </Group>
    </form>
  );
}

interface FieldsProps {
  readonly policy: Policy;
  readonly change: (policy: Policy) => void;
}

function BackorderFields({ policy, change }: FieldsProps) {
  const { words } = useLanguage();
  const { backorder } = policy;
  const set = (changes: Partial<Policy['backorder']>) =>
    change({ ...policy, backorder: { ...backorder, ...changes } });
  return (
    <fieldset>
      <legend>{words.policy.backorder}</legend>
      <Checkbox
        label={words.policy.backorderAllowed}
        checked={backorder.allowed}
        onChange={(event) => set({ allowed: event.currentTarget.checked })}
      />
      {backorder.allowed && (
        <>
          <LimitFields limits={backorder.limits} change={(limits) => set({ limits })} />
          <TextInput
            type="date"
            maw={260}
            mt="xs"
            label={words.policy.until}
            value={backorder.until ?? ''}
            onChange={(event) => set({ until: event.currentTarget.value || null })}
          />
        </>
      )}
    </fieldset>
  );
}

function PreorderFields({ policy, change }: FieldsProps) {
  const { words } = useLanguage();
  const { preorder } = policy;
  const set = (changes: Partial<Policy['preorder']>) =>
    change(withRelease({ ...policy, preorder: { ...preorder, ...changes } }));
  return (
    <fieldset>
      <legend>{words.policy.preorder}</legend>
      <Checkbox
        label={words.policy.preorderAllowed}
        checked={preorder.allowed}
        onChange={(event) => set({ allowed: event.currentTarget.checked })}
      />
      {preorder.allowed && <LimitFields limits={preorder.limits} change={(limits) => set({ limits })} />}
      <ReleaseFields policy={policy} change={change} />
    </fieldset>
  );
}

const MONTH_MS = 30 * 86_400_000;

/** Pre-orders need a release: a month from now is offered. */
function withRelease(policy: Policy): Policy {
  if (!policy.preorder.allowed || policy.release !== null) return policy;
  const at = new Date(Date.now() + MONTH_MS).toISOString().slice(0, 10);
  return { ...policy, release: { at, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } };
}

interface LimitFieldsProps {
  readonly limits: Limits;
  readonly change: (limits: Limits) => void;
}

function LimitFields({ limits, change }: LimitFieldsProps) {
  const { words } = useLanguage();
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} my="xs">
        {LIMITS.map((name) => (
          <WholeNumber
            key={name}
            label={words.policy.limits[name]}
            placeholder={words.policy.unlimited}
            min={0}
            value={limits[name] ?? undefined}
            choose={(value) => change({ ...limits, [name]: value ?? null })}
          />
        ))}
      </SimpleGrid>
      <Checkbox
        label={words.policy.upToIncoming}
        checked={limits.upToIncoming}
        onChange={(event) => change({ ...limits, upToIncoming: event.currentTarget.checked })}
      />
    </>
  );
}

/** A day, or a day and time, on the clocks of a zone. */
function ReleaseFields({ policy, change }: FieldsProps) {
  const { words } = useLanguage();
  const { release } = policy;
  const [day = '', time = ''] = release?.at.split('T') ?? [];
  const timeZone = release?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  function set(nextDay: string, nextTime: string, zone: string): void {
    const at = nextTime === '' ? nextDay : `${nextDay}T${nextTime}`;
    change({ ...policy, release: nextDay === '' ? null : { at, timeZone: zone } });
  }
  return (
    <Group mt="xs" align="flex-end">
      <TextInput
        type="date"
        label={words.policy.release}
        value={day}
        required={policy.preorder.allowed}
        onChange={(event) => set(event.currentTarget.value, time, timeZone)}
      />
      <TextInput
        type="time"
        label={words.policy.releaseTime}
        value={time}
        disabled={day === ''}
        onChange={(event) => set(day, event.currentTarget.value, timeZone)}
      />
      <TextInput
        label={words.policy.timeZone}
        value={timeZone}
        disabled={day === ''}
        onChange={(event) => set(day, time, event.currentTarget.value)}
      />
    </Group>
  );
}
