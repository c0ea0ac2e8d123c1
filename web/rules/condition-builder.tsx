/**
 * When a rule applies: rows that one chooses, and beneath them the CEL they write. A condition that rows cannot say is
 * written by hand; whatever stands there is checked as it is written, with the place of the error.
 */
import { Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../api/answers.tsx';
import { TextField } from '../components/text-field.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './condition-builder.module.css';
import { COMPARISONS, type ConditionRow, conditionOf, type Fact, rowsOf } from './condition-rows.ts';

interface ConditionBuilderProps {
  readonly condition: string | null;
  readonly facts: readonly Fact[];
  readonly change: (condition: string | null) => void;
}

export function ConditionBuilder({ condition, facts, change }: ConditionBuilderProps) {
  const { words } = useLanguage();
  const rows = rowsOf(condition, facts);
  const [byHand, setByHand] = useState(rows === undefined);
  const written = byHand || rows === undefined;
  return (
    <div>
      {written ? (
        <Textarea
          label={words.rules.condition}
          description={words.rules.conditionHelp}
          value={condition ?? ''}
          autosize
          minRows={2}
          onChange={(event) => change(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      ) : (
        <Rows rows={rows} facts={facts} change={(next) => change(conditionOf(next, facts))} />
      )}
      <Group gap="xs" mt="xs">
        <Button
          size="xs"
          variant="default"
          disabled={written && rows === undefined}
          onClick={() => setByHand(!written)}
        >
          {written ? words.rules.byRows : words.rules.byHand}
        </Button>
        {!written && condition !== null && <code>{condition}</code>}
      </Group>
      {condition !== null && <Checked condition={condition} />}
    </div>
  );
}

function Checked({ condition }: { readonly condition: string }) {
  const { words } = useLanguage();
  const { data } = useAnswer('checkCondition', { body: { condition } });
  return (
    <div role="status">
      {data?.problem != null && (
        <span className={styles.wrong}>
          {words.rules.wrongAt(data.problem.line, data.problem.column)}: {data.problem.message}
        </span>
      )}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly ConditionRow[];
  readonly facts: readonly Fact[];
  readonly change: (rows: readonly ConditionRow[]) => void;
}

function Rows({ rows, facts, change }: RowsProps) {
  const { words } = useLanguage();
  function put(index: number, row: ConditionRow): void {
    change(rows.map((each, at) => (at === index ? row : each)));
  }
  return (
    <div>
      {rows.length === 0 && <p className={tone.soft}>{words.rules.alwaysApplies}</p>}
      {rows.map((row, index) => (
        <Row
          // biome rows have no name of their own: their place is what they are known by
          key={String(index)}
          row={row}
          place={index + 1}
          facts={facts}
          put={(next) => put(index, next)}
          remove={() => change(rows.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        mt="xs"
        onClick={() =>
          change([...rows, newRow(facts.find(({ path }) => path === 'shipTo.country') ?? facts[0])])
        }
      >
        {words.rules.addTest}
      </Button>
    </div>
  );
}

function newRow(fact: Fact | undefined): ConditionRow {
  const type = fact?.type ?? 'string';
  return { fact: fact?.path ?? '', comparison: COMPARISONS[type][0] ?? '==', value: '' };
}

interface RowProps {
  readonly row: ConditionRow;
  readonly place: number;
  readonly facts: readonly Fact[];
  readonly put: (row: ConditionRow) => void;
  readonly remove: () => void;
}

function Row({ row, place, facts, put, remove }: RowProps) {
  const { words } = useLanguage();
  const type = facts.find(({ path }) => path === row.fact)?.type ?? 'string';
  return (
    <Group gap="xs" mt="xs" align="flex-end" role="group" aria-label={words.rules.test(place)}>
      <NativeSelect
        aria-label={words.rules.fact}
        value={row.fact}
        data={facts.map(({ path }) => path)}
        onChange={(event) => put(newRow(facts.find(({ path }) => path === event.currentTarget.value)))}
      />
      <NativeSelect
        aria-label={words.rules.comparison}
        value={row.comparison}
        data={COMPARISONS[type].map((value) => ({ value, label: words.rules.comparisons[value] }))}
        onChange={(event) => {
          const comparison = COMPARISONS[type].find((each) => each === event.currentTarget.value);
          if (comparison !== undefined) put({ ...row, comparison });
        }}
      />
      {type !== 'bool' && (
        <TextField
          aria-label={words.rules.value}
          value={row.value}
          inputMode={type === 'int' || type === 'double' ? 'decimal' : 'text'}
          write={(value) => put({ ...row, value })}
        />
      )}
      <Button variant="subtle" aria-label={words.rules.removeTest(place)} onClick={remove}>
        {words.rules.remove}
      </Button>
    </Group>
  );
}
