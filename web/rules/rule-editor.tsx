/** One rule: its name and place, when it applies, and what it does. */
import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useLanguage } from '../words/words.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import type { Fact } from './condition-rows.ts';
import { RuleLimits } from './rule-limits.tsx';
import { FILTER_OPTIONS, type Part, RuleParts, STRATEGY_OPTIONS } from './rule-parts.tsx';

type Rule = AnswerOf<'getRuleSet'>['rules'][number];

interface RuleEditorProps {
  readonly rule: Rule;
  readonly facts: readonly Fact[];
  readonly change: (rule: Rule) => void;
  readonly remove: () => void;
  /** undefined: it is the first. */
  readonly up: (() => void) | undefined;
  /** undefined: it is the last. */
  readonly down: (() => void) | undefined;
}

export function RuleEditor({ rule, facts, change, remove, up, down }: RuleEditorProps) {
  const { words } = useLanguage();
  return (
    <section className="widget rule" aria-label={rule.name}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={words.rules.name}
          value={rule.name}
          onChange={(event) => change({ ...rule, name: event.currentTarget.value })}
        />
        <Checkbox
          label={words.rules.enabled}
          checked={rule.enabled}
          onChange={(event) => change({ ...rule, enabled: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.rules.stop}
          checked={rule.stop}
          onChange={(event) => change({ ...rule, stop: event.currentTarget.checked })}
        />
        <Button
          variant="default"
          disabled={up === undefined}
          onClick={up}
          aria-label={words.rules.upOf(rule.name)}
        >
          ↑
        </Button>
        <Button
          variant="default"
          disabled={down === undefined}
          onClick={down}
          aria-label={words.rules.downOf(rule.name)}
        >
          ↓
        </Button>
        <Button variant="default" onClick={remove} aria-label={`${words.rules.remove}: ${rule.name}`}>
          {words.rules.remove}
        </Button>
      </Group>
      <fieldset>
        <legend>{words.rules.when}</legend>
        <ConditionBuilder
          condition={rule.condition}
          facts={facts}
          change={(condition) => change({ ...rule, condition })}
        />
      </fieldset>
      <RuleParts
        label={words.rules.filters}
        add={words.rules.addFilter}
        parts={rule.filters}
        options={FILTER_OPTIONS}
        change={(filters) => change({ ...rule, filters: filters as readonly Part[] as Rule['filters'] })}
      />
      <RuleParts
        label={words.rules.strategies}
        add={words.rules.addStrategy}
        parts={rule.strategies}
        options={STRATEGY_OPTIONS}
        change={(strategies) =>
          change({ ...rule, strategies: strategies as readonly Part[] as Rule['strategies'] })
        }
      />
      <RuleLimits limits={rule.limits} change={(limits) => change({ ...rule, limits })} />
    </section>
  );
}
