/** Filters or strategies of a rule: those there are, in their order, and the one that is added next with its options. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../words/words.tsx';

/** A filter or strategy: its kind, and options by name. */
export interface Part {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** What one types for an option. */
export interface Option {
  readonly name: 'warehouses' | 'countries' | 'units' | 'days' | 'orders' | 'kilometres';
  readonly isList: boolean;
}

const LIST = { isList: true } as const;
const NUMBER = { isList: false } as const;

export const FILTER_OPTIONS: Readonly<Record<string, readonly Option[]>> = {
  only: [
    { name: 'warehouses', ...LIST },
    { name: 'countries', ...LIST },
  ],
  exclude: [
    { name: 'warehouses', ...LIST },
    { name: 'countries', ...LIST },
  ],
  safety_stock: [
    { name: 'units', ...NUMBER },
    { name: 'days', ...NUMBER },
    { name: 'warehouses', ...LIST },
  ],
  capacity_per_day: [
    { name: 'orders', ...NUMBER },
    { name: 'units', ...NUMBER },
    { name: 'warehouses', ...LIST },
  ],
  within_distance: [{ name: 'kilometres', ...NUMBER }],
  in_stock_in_full: [],
};

/** Lowest cost and fastest have tables, which are written with the API or a file; here they are kept as they are. */
export const STRATEGY_OPTIONS: Readonly<Record<string, readonly Option[]>> = {
  fewest_shipments: [],
  nearest: [],
  priority_list: [{ name: 'warehouses', ...LIST }],
  most_stock: [],
  balance: [],
  avoid_last_units: [{ name: 'units', ...NUMBER }],
  wait_for_better: [{ name: 'days', ...NUMBER }],
};

interface RulePartsProps {
  readonly label: string;
  readonly add: string;
  readonly parts: readonly Part[];
  readonly options: Readonly<Record<string, readonly Option[]>>;
  readonly change: (parts: readonly Part[]) => void;
}

export function RuleParts({ label, add, parts, options, change }: RulePartsProps) {
  const { words } = useLanguage();
  return (
    <fieldset>
      <legend>{label}</legend>
      <ol>
        {parts.map((part, index) => (
          <li key={JSON.stringify(part)}>
            {said(part)}{' '}
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`${words.rules.remove}: ${said(part)}`}
              onClick={() => change(parts.filter((_, at) => at !== index))}
            >
              {words.rules.remove}
            </Button>
          </li>
        ))}
      </ol>
      <Adding add={add} label={label} options={options} take={(part) => change([...parts, part])} />
    </fieldset>
  );
}

/** "safety stock: units 3" */
function said({ kind, ...options }: Part): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    return [
      `${name} ${Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(', ') : shown(value)}`,
    ];
  });
  const name = kind.replaceAll('_', ' ');
  return words.length === 0 ? name : `${name}: ${words.join(', ')}`;
}

function shown(value: unknown): string {
  return typeof value === 'object' ? '…' : String(value);
}

interface AddingProps extends Pick<RulePartsProps, 'add' | 'label' | 'options'> {
  readonly take: (part: Part) => void;
}

function Adding({ add, label, options, take }: AddingProps) {
  const { words } = useLanguage();
  const kinds = Object.keys(options);
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const asked = options[kind] ?? [];
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        aria-label={label}
        value={kind}
        data={kinds.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChange={(event) => {
          setKind(event.currentTarget.value);
          setTyped({});
        }}
      />
      {asked.map(({ name, isList }) => (
        <TextInput
          key={name}
          label={words.rules.options[name]}
          inputMode={isList ? 'text' : 'decimal'}
          value={typed[name] ?? ''}
          onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
        />
      ))}
      <Button
        variant="default"
        onClick={() => {
          take({ kind, ...Object.fromEntries(asked.flatMap((option) => given(option, typed[option.name]))) });
          setTyped({});
        }}
      >
        {add}
      </Button>
    </Group>
  );
}

/** Nothing typed leaves the option out; the server says which it needs. */
function given({ name, isList }: Option, typed = ''): [string, unknown][] {
  if (typed.trim() === '') return [];
  if (!isList) return [[name, Number(typed)]];
  const texts = typed.split(',').map((each) => each.trim());
  return [[name, texts.filter((each) => each !== '')]];
}
