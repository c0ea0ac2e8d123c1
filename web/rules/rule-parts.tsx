/** Filters or strategies of a rule: those there are, in their order, and the one that is added next with its options. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Words } from '../words/en/en.ts';
import { useLanguage } from '../words/words.tsx';
import { nameOfKind } from './name-of-kind.ts';
import { type TableColumn, TableRows, type TypedRow, writtenCell, writtenRows } from './table-rows.tsx';

/** A filter or strategy: its kind, and options by name. */
export interface Part {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** What one types for an option: a list of codes, a number, or the rows of a table. */
export type Option =
  | {
      readonly name: 'warehouses' | 'countries' | 'units' | 'days' | 'orders' | 'kilometres';
      readonly isList: boolean;
    }
  | { readonly name: 'rates' | 'transit'; readonly columns: readonly TableColumn[] };

const LIST = { isList: true } as const;
const NUMBER = { isList: false } as const;
const PLACES: readonly TableColumn[] = [
  { name: 'warehouses', isList: true },
  { name: 'countries', isList: true },
];

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

export const STRATEGY_OPTIONS: Readonly<Record<string, readonly Option[]>> = {
  fewest_shipments: [],
  nearest: [],
  lowest_cost: [
    {
      name: 'rates',
      columns: [...PLACES, { name: 'upToGrams', isList: false }, { name: 'price', isList: false }],
    },
  ],
  fastest: [{ name: 'transit', columns: [...PLACES, { name: 'days', isList: false }] }],
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
            {said(words, part)}{' '}
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`${words.rules.remove}: ${said(words, part)}`}
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

/** "keep a safety stock: units 3" */
function said(words: Words, { kind, ...options }: Part): string {
  const parts = Object.entries(options).flatMap(([name, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    return [
      `${name} ${Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(', ') : shown(value)}`,
    ];
  });
  const name = nameOfKind(words, kind);
  return parts.length === 0 ? name : `${name}: ${parts.join(', ')}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return String(value.length);
  return typeof value === 'object' ? '…' : String(value);
}

interface AddingProps extends Pick<RulePartsProps, 'add' | 'label' | 'options'> {
  readonly take: (part: Part) => void;
}

interface Typed {
  readonly texts: Readonly<Record<string, string>>;
  readonly rows: readonly TypedRow[];
}

const NOTHING: Typed = { texts: {}, rows: [{}] };

function Adding({ add, label, options, take }: AddingProps) {
  const { words } = useLanguage();
  const kinds = Object.keys(options);
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [typed, setTyped] = useState(NOTHING);
  const asked = options[kind] ?? [];
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        aria-label={label}
        value={kind}
        data={kinds.map((value) => ({ value, label: nameOfKind(words, value) }))}
        onChange={(event) => {
          setKind(event.currentTarget.value);
          setTyped(NOTHING);
        }}
      />
      {asked.map((option) =>
        'columns' in option ? (
          <TableRows
            key={option.name}
            label={words.rules.tables[option.name]}
            columns={option.columns}
            rows={typed.rows}
            change={(rows) => setTyped({ ...typed, rows })}
          />
        ) : (
          <TextInput
            key={option.name}
            label={words.rules.options[option.name]}
            inputMode={option.isList ? 'text' : 'decimal'}
            value={typed.texts[option.name] ?? ''}
            onChange={(event) =>
              setTyped({ ...typed, texts: { ...typed.texts, [option.name]: event.currentTarget.value } })
            }
          />
        ),
      )}
      <Button
        variant="default"
        onClick={() => {
          take({ kind, ...Object.fromEntries(asked.flatMap((option) => given(option, typed))) });
          setTyped(NOTHING);
        }}
      >
        {add}
      </Button>
    </Group>
  );
}

/** Nothing typed leaves the option out; the server says which it needs. */
function given(option: Option, { texts, rows }: Typed): [string, unknown][] {
  if ('columns' in option) return [[option.name, writtenRows(option.columns, rows)]];
  const text = texts[option.name] ?? '';
  if (text.trim() === '') return [];
  return [[option.name, writtenCell(option, text)]];
}
