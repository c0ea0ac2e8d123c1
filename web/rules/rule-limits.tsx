/** Limits of a rule: how far an order may be parted, and from when on it may leave. An empty field is no limit. */
import { Checkbox, Group, TextInput } from '@mantine/core';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useLanguage } from '../words/words.tsx';

type Limits = AnswerOf<'getRuleSet'>['rules'][number]['limits'];

const NUMBERS = ['mostShipments', 'leastUnitsPerShipment', 'itemGatePercent', 'orderGatePercent'] as const;
const SWITCHES = ['doNotSplit', 'shipComplete'] as const;

interface RuleLimitsProps {
  readonly limits: Limits;
  readonly change: (limits: Limits) => void;
}

export function RuleLimits({ limits, change }: RuleLimitsProps) {
  const { words } = useLanguage();
  return (
    <fieldset>
      <legend>{words.rules.limits}</legend>
      <Group gap="sm" align="flex-end">
        {NUMBERS.map((name) => (
          <TextInput
            key={name}
            label={words.rules.limit[name]}
            inputMode="numeric"
            value={limits[name] ?? ''}
            onChange={(event) => {
              const typed = event.currentTarget.value.replaceAll(/\D/g, '');
              change({ ...limits, [name]: typed === '' ? null : Number(typed) });
            }}
          />
        ))}
        {SWITCHES.map((name) => (
          <Checkbox
            key={name}
            label={words.rules.limit[name]}
            checked={limits[name]}
            onChange={(event) => change({ ...limits, [name]: event.currentTarget.checked })}
          />
        ))}
      </Group>
    </fieldset>
  );
}
