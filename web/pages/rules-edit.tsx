/** A new rule set, begun from another one: its rules in their order, each with when it applies and what it does. */
import { Button, Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct, useAnswer } from '../api/answers.tsx';
import { moved } from '../components/dragging.ts';
import { PageHead } from '../components/frame/page-head.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { TextField } from '../components/text-field.tsx';
import { RuleEditor } from '../rules/rule-editor.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/rules/edit');
const STEP = 10;

type Rule = AnswerOf<'getRuleSet'>['rules'][number];

export function RulesEditPage() {
  const { words } = useLanguage();
  const { version } = route.useSearch();
  const params = { version: Number(version) };
  const begun = useAnswer('getRuleSet', { params }, { enabled: version !== undefined });
  return (
    <>
      <PageHead title={words.rules.newSet} sentence={words.rules.newSetHelp} />
      {version !== undefined && begun.isPending && <Loading />}
      {begun.isError && <Problem error={begun.error} again={begun.refetch} />}
      {(version === undefined || begun.isSuccess) && <Editor begun={begun.data?.rules ?? []} />}
    </>
  );
}

function Editor({ begun }: { readonly begun: readonly Rule[] }) {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const [rules, setRules] = useState(begun);
  const [note, setNote] = useState('');
  const facts = useAnswer('listConditionFacts');
  const make = useAct('createRuleSet', ({ version }) => words.rules.madeSet(version));
  const move = (from: number, to: number) => setRules(moved(rules, from, to));
  function save(): void {
    const ordered = rules.map((rule, index) => ({ ...rule, sortOrder: STEP * (index + 1) }));
    make.mutate(
      { body: { note, rules: ordered } },
      {
        onSuccess: ({ version }) => void navigate({ to: '/rules', search: { version: String(version) } }),
      },
    );
  }
  return (
    <>
      {rules.map((rule, index) => (
        <RuleEditor
          key={rule.code}
          rule={rule}
          place={index}
          move={move}
          facts={facts.data?.rows ?? []}
          change={(next) => setRules(rules.map((each, at) => (at === index ? next : each)))}
          remove={() => setRules(rules.filter((_, at) => at !== index))}
          up={index === 0 ? undefined : () => move(index, index - 1)}
          down={index === rules.length - 1 ? undefined : () => move(index, index + 1)}
        />
      ))}
      <Button variant="default" mt="md" onClick={() => setRules([...rules, newRule(rules)])}>
        {words.rules.addRule}
      </Button>
      <Group mt="xl" align="flex-end">
        <TextField label={words.rules.noteLabel} value={note} write={setNote} />
        <Button loading={make.isPending} disabled={rules.length === 0} onClick={save}>
          {words.rules.save}
        </Button>
      </Group>
    </>
  );
}

/** The first code of its kind that no other rule has. */
function newRule(rules: readonly Rule[]): Rule {
  let number = rules.length + 1;
  while (rules.some(({ code }) => code === `rule-${number}`)) number += 1;
  return {
    code: `rule-${number}`,
    name: `Rule ${number}`,
    description: '',
    enabled: true,
    sortOrder: 0,
    stop: false,
    validFrom: null,
    validUntil: null,
    channels: [],
    condition: null,
    filters: [],
    strategies: [],
    limits: {
      mostShipments: null,
      doNotSplit: false,
      leastUnitsPerShipment: null,
      shipComplete: false,
      itemGatePercent: null,
      orderGatePercent: null,
    },
  };
}
