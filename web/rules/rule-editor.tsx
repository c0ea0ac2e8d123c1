/** One rule: its name and place, when it applies, and what it does. */
import { Button, Checkbox, Group } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { classes } from '../classes.ts';
import box from '../components/box.module.css';
import { draggable } from '../components/dragging.ts';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import type { Fact } from './condition-rows.ts';
import styles from './rule-editor.module.css';
import { RuleLimits } from './rule-limits.tsx';
import { FILTER_OPTIONS, type Part, RuleParts, STRATEGY_OPTIONS } from './rule-parts.tsx';

type Rule = AnswerOf<'getRuleSet'>['rules'][number];

interface RuleEditorProps {
  readonly rule: Rule;
  readonly facts: readonly Fact[];
  readonly change: (rule: Rule) => void;
  readonly remove: () => void;
  readonly place: number;
  /** From a place to another, by dragging. */
  readonly move: (from: number, to: number) => void;
  /** undefined: it is the first. */
  readonly up: (() => void) | undefined;
  /** undefined: it is the last. */
  readonly down: (() => void) | undefined;
}

export function RuleEditor(props: RuleEditorProps) {
  const { rule, facts, change } = props;
  const { words } = useLanguage();
  return (
    <section className={classes(box.box, styles.rule)} aria-label={rule.name}>
      <RuleHead {...props} />
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

/** Its name and place: moved by dragging or by arrows. */
function RuleHead({ rule, change, remove, up, down, place, move }: RuleEditorProps) {
  const { words } = useLanguage();
  return (
    <Group
      align="flex-end"
      gap="sm"
      className={styles.head ?? ''}
      {...draggable({ kind: 'rule', place, drop: (from) => move(from, place) })}
    >
      <IconGripVertical size={18} aria-hidden />
      <TextField label={words.rules.name} value={rule.name} write={(name) => change({ ...rule, name })} />
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
  );
}
