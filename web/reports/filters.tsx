/** All of some filters, each of which is any of its conditions. */
import { ActionIcon, Group, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { AGE_NAMES, type DimensionId, kindOf } from '../../src/contract/reports/report-dimensions.ts';
import { Choice, useCodes } from '../components/choice.tsx';
import { STATUSES } from '../components/said.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import type { FittingProps } from './definition.ts';
import styles from './filters.module.css';

type Given = NonNullable<FittingProps['report']['filters']>[number][number];
const ICON = 14;

export function Filters({ report, change, fitting }: FittingProps) {
  const { words } = useLanguage();
  const { filters = [] } = report;
  const put = (next: Given[][]) => change({ ...report, filters: next.filter((any) => any.length > 0) });
  return (
    <fieldset>
      <legend>{words.reports.filters}</legend>
      {filters.map((any, at) => (
        <AnyOf
          key={JSON.stringify(any.map(({ dimension }) => dimension)) + String(at)}
          any={any}
          fitting={fitting}
          put={(next) => put(replaced(filters, at, next))}
        />
      ))}
      <Begin
        label={words.reports.addFilter}
        says={words.reports.addFilter}
        fitting={fitting}
        begin={(next) => put([...filters, [next]])}
      />
    </fieldset>
  );
}

interface AnyOfProps extends Pick<FittingProps, 'fitting'> {
  readonly any: readonly Given[];
  readonly put: (any: Given[]) => void;
}

/** Conditions of which any will do. */
function AnyOf({ any, fitting, put }: AnyOfProps) {
  const { words } = useLanguage();
  return (
    <div className={styles.any}>
      {any.map((condition, index) => (
        <div key={`${condition.dimension} ${index}`}>
          <div>
            {index > 0 && <span className={tone.soft}>{words.reports.or} </span>}
            {words.reports.dimensions[condition.dimension]}
          </div>
          <OneFilter
            condition={condition}
            change={(next) => put(replaced(any, index, next))}
            remove={() => put(without(any, index))}
          />
        </div>
      ))}
      <Begin
        size="xs"
        label={words.reports.orOf(words.reports.dimensions[any[0]?.dimension ?? 'status'])}
        says={words.reports.or}
        fitting={fitting}
        begin={(next) => put([...any, next])}
      />
    </div>
  );
}

interface BeginProps extends Pick<FittingProps, 'fitting'> {
  readonly size?: 'xs';
  readonly label: string;
  readonly says: string;
  readonly begin: (condition: Given) => void;
}

/** Chooses what another condition is about. */
function Begin({ size, label, says, fitting, begin }: BeginProps) {
  const { words } = useLanguage();
  return (
    <Choice
      {...(size !== undefined && { size })}
      label={label}
      any={says}
      value=""
      choose={(value) => {
        const dimension = fitting.find((each) => each === value);
        if (dimension !== undefined) begin(firstCondition(dimension));
      }}
      options={fitting.map((value) => ({ value, label: words.reports.dimensions[value] }))}
    />
  );
}

function replaced<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  return items.map((each, index) => (index === at ? item : each));
}

function without<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at);
}

/** Something that can be run as it stands. */
function firstCondition(dimension: DimensionId): Given {
  if (kindOf(dimension) === 'date') return { dimension, from: `${new Date().getUTCFullYear()}-01-01` };
  if (kindOf(dimension) === 'number') return { dimension, from: '1' };
  return { dimension, isNot: [null] };
}

interface OneFilterProps {
  readonly condition: Given;
  readonly change: (condition: Given) => void;
  readonly remove: () => void;
}

function OneFilter({ condition, change, remove }: OneFilterProps) {
  const { words } = useLanguage();
  const { dimension } = condition;
  const name = words.reports.dimensions[dimension];
  return (
    <Group gap={4} wrap="nowrap" align="center" className={styles.one ?? ''}>
      {kindOf(dimension) === 'text' ? (
        <Values condition={condition} change={change} />
      ) : (
        (['from', 'until'] as const).map((part) => (
          <TextInput
            key={part}
            size="xs"
            type={kindOf(dimension) === 'date' ? 'date' : 'number'}
            aria-label={`${name} ${words.reports[part]}`}
            value={condition[part] ?? ''}
            onChange={(event) => {
              const next: Given = { ...condition, [part]: event.currentTarget.value || undefined };
              if ((next.from ?? next.until) !== undefined) change(next);
            }}
          />
        ))
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={words.reports.remove(name)} onClick={remove}>
        <IconX size={ICON} />
      </ActionIcon>
    </Group>
  );
}

/** Texts parted by commas; what one knows is offered. */
function Values({ condition, change }: Pick<OneFilterProps, 'condition' | 'change'>) {
  const { words } = useLanguage();
  const { dimension, is, isNot } = condition;
  const none = words.reports.none;
  const given = (is ?? isNot ?? []).map((value) => value ?? none).join(', ');
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given]);
  const known = useKnown(dimension);
  const list = `known-${dimension}`;
  function put(text: string, how: 'is' | 'isNot'): void {
    const values = text
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => (value === none ? null : value));
    if (values.length > 0) change({ dimension, [how]: values });
  }
  const how = is === undefined ? 'isNot' : 'is';
  return (
    <>
      <Choice
        size="xs"
        label={words.reports.dimensions[dimension]}
        value={how}
        choose={(value) => put(typed, value === 'is' ? 'is' : 'isNot')}
        options={[
          { value: 'is', label: words.reports.is },
          { value: 'isNot', label: words.reports.isNot },
        ]}
      />
      <TextInput
        size="xs"
        aria-label={`${words.reports.dimensions[dimension]}: ${words.reports.values}`}
        list={list}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          if (known.includes(event.currentTarget.value)) put(event.currentTarget.value, how);
        }}
        onBlur={() => put(typed, how)}
        onKeyDown={(event) => event.key === 'Enter' && put(typed, how)}
      />
      <datalist id={list}>
        {[none, ...known].map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  );
}

const FIXED: Readonly<Partial<Record<DimensionId, readonly string[]>>> = {
  status: STATUSES,
  kind: ['backorder', 'preorder'],
  age: AGE_NAMES,
};

function useKnown(dimension: DimensionId): readonly string[] {
  const codes = {
    channel: useCodes('listSalesChannels'),
    warehouse: useCodes('listWarehouses'),
    supplier: useCodes('listSuppliers'),
  };
  if (dimension === 'channel' || dimension === 'warehouse' || dimension === 'supplier') {
    return codes[dimension].map(({ value }) => value);
  }
  return FIXED[dimension] ?? [];
}
