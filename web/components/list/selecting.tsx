/** A column by which rows of a list are chosen, for acts on several at once. */
import { Checkbox } from '@mantine/core';
import type { Words } from '../../words/en/en.ts';
import type { Column } from './table.tsx';

interface Selecting<Row> {
  readonly words: Words;
  readonly chosen: ReadonlySet<string>;
  readonly setChosen: (chosen: ReadonlySet<string>) => void;
  readonly keyOf: (row: Row) => string;
  /** What one hears of a row. */
  readonly nameOf: (row: Row) => string;
}

export function selecting<Row>(selection: Selecting<Row>): Column<Row> {
  const { words, chosen, setChosen, keyOf, nameOf } = selection;
  return {
    id: 'chosen',
    head: words.table.chosen,
    cell: (row) => (
      <Checkbox
        aria-label={words.table.choose(nameOf(row))}
        checked={chosen.has(keyOf(row))}
        onChange={(event) => {
          const others = [...chosen].filter((key) => key !== keyOf(row));
          setChosen(new Set(event.currentTarget.checked ? [...others, keyOf(row)] : others));
        }}
      />
    ),
  };
}
