/** A widget that is a short list: each row with what it is about, what stands at its end, and what is below. */
import { Group } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Answered } from '../components/answered.tsx';
import { Entries } from '../components/entries.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { Widget } from './widget.tsx';

/** So many rows are asked for. */
export const ROWS = 8;

interface ListWidgetProps<Row> {
  readonly title: string;
  readonly answer: UseQueryResult<{ readonly rows: readonly Row[] }>;
  readonly empty: ReactNode;
  /** Which of the rows; all when absent. */
  readonly isShown?: (row: Row) => boolean;
  readonly keyOf: (row: Row) => string;
  /** What the row is about, which leads to it; cut where there is no room. */
  readonly about: (row: Row) => ReactNode;
  readonly end: (row: Row) => ReactNode;
  readonly below?: (row: Row) => ReactNode;
}

export function ListWidget<Row>(props: ListWidgetProps<Row>) {
  const { title, answer, empty, isShown = () => true, keyOf, about, end, below } = props;
  return (
    <Widget title={title}>
      <Answered answer={answer}>
        {(found) => {
          const rows = found.rows.filter(isShown);
          if (rows.length === 0) return <Empty>{empty}</Empty>;
          return (
            <Entries>
              {rows.map((row) => (
                <li key={keyOf(row)}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <span className={tone.cut}>{about(row)}</span>
                    {end(row)}
                  </Group>
                  {below?.(row)}
                </li>
              ))}
            </Entries>
          );
        }}
      </Answered>
    </Widget>
  );
}
