/** Settings: how the dashboard looks and speaks in this browser, and how sure promises are. */
import { Button, Group, NativeSelect, SegmentedControl, Title, useMantineColorScheme } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct, useAnswer } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { Answered } from '../components/answered.tsx';
import box from '../components/box.module.css';
import { PageHead } from '../components/frame/page-head.tsx';
import tone from '../components/tone.module.css';
import { WholeNumber } from '../components/whole-number.tsx';
import { applyDensity, chosenDensity, DENSITIES, type Density } from '../density.ts';
import { chooseLanguage, LANGUAGES, type LanguageCode, useLanguage } from '../words/words.tsx';

export function SettingsPage() {
  const { words } = useLanguage();
  const settings = useAnswer('getPromiseSettings');
  return (
    <>
      <PageHead title={words.settings.title} />
      <Looks />
      <Title order={2} size="h3" mt="xl">
        {words.settings.promises}
      </Title>
      <Answered answer={settings}>
        {(found) => <Promises key={JSON.stringify(found)} settings={found} />}
      </Answered>
    </>
  );
}

function Looks() {
  const { words, code } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useState<Density>(chosenDensity());
  return (
    <section className={box.box} aria-label={words.settings.looks}>
      <Title order={2} size="h4">
        {words.settings.looks}
      </Title>
      <p className={tone.soft}>{words.settings.looksHelp}</p>
      <Group gap="xl" align="flex-end">
        <NativeSelect
          label={words.settings.language}
          value={code}
          onChange={(event) => chooseLanguage(event.currentTarget.value as LanguageCode)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
        <SegmentedControl
          aria-label={words.settings.theme}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({
            value,
            label: words.settings.themes[value],
          }))}
        />
        <SegmentedControl
          aria-label={words.settings.density}
          value={density}
          onChange={(value) => {
            const next = DENSITIES.find((each) => each === value) ?? 'comfortable';
            applyDensity(next);
            setDensity(next);
          }}
          data={DENSITIES.map((value) => ({ value, label: words.settings.densities[value] }))}
        />
      </Group>
    </section>
  );
}

function Promises({ settings }: { readonly settings: AnswerOf<'getPromiseSettings'> }) {
  const { words } = useLanguage();
  const [form, setForm] = useState(settings);
  const act = useAct('putPromiseSettings', () => words.settings.saved, {
    undo: () => () => client.must('putPromiseSettings', { body: settings }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    act.mutate({ body: form });
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" my="sm">
        <WholeNumber
          label={words.settings.confidence}
          description={words.settings.confidenceHelp}
          min={50}
          max={99}
          value={form.promiseConfidence}
          choose={(value) => setForm({ ...form, promiseConfidence: value ?? settings.promiseConfidence })}
        />
        <WholeNumber
          label={words.settings.quietDays}
          description={words.settings.quietHelp}
          min={0}
          max={30}
          value={form.quietDays}
          choose={(value) => setForm({ ...form, quietDays: value ?? settings.quietDays })}
        />
        <Button
          type="submit"
          loading={act.isPending}
          disabled={
            form.promiseConfidence === settings.promiseConfidence && form.quietDays === settings.quietDays
          }
        >
          {words.settings.save}
        </Button>
      </Group>
    </form>
  );
}
