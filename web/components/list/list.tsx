/**
 * A list of the server: its rows in the order asked for, the columns chosen, the way to the next page, and the row one
 * looks at beside it. All of that is part of the address, so that a link shows others the same. A click or Enter shows a
 * row at the side, a second one opens its page; Escape closes the side, arrows go on from row to row.
 */
import { Button, Group } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ListSearch } from '../../search.ts';
import { useLanguage } from '../../words/words.tsx';
import { Empty, Loading, Problem } from '../states.tsx';
import { shownColumns } from './columns.ts';
import { ListTools } from './list-tools.tsx';
import { SidePanel } from './side-panel.tsx';
import { type Column, Table } from './table.tsx';

interface PageOfRows<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor?: string | null;
}

export interface ListProps<Row> {
  /** Of its saved views. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly answer: UseQueryResult<PageOfRows<Row>>;
  readonly empty: ReactNode;
  readonly search: ListSearch;
  /** Changes members of the address; a list that is asked for otherwise begins at its first page. */
  readonly choose: (changes: ListSearch) => void;
  /** What the rows are sorted by unless chosen otherwise. */
  readonly sort?: string;
  /** The address of all rows as a file. */
  readonly file?: string | undefined;
  /** What is shown beside the list; rows open their page at once when absent. */
  readonly aside?: (key: string) => ReactNode;
  /** Goes to the page of a row. */
  readonly visit?: ((key: string) => void) | undefined;
}

export function List<Row>(props: ListProps<Row>) {
  const { answer, empty, search, choose, columns, name, file, aside, visit } = props;
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
  const { rows } = answer.data;
  const shown = shownColumns(columns, search.columns);
  function open(row: Row): void {
    const key = props.keyOf(row);
    if (aside === undefined || search.open === key) visit?.(key);
    else choose({ ...search, open: key });
  }
  const isOpening = aside !== undefined || visit !== undefined;
  return (
    <>
      <ListTools name={name} columns={columns} search={search} choose={choose} file={file} />
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Table
          label={props.label}
          columns={shown}
          rows={rows}
          keyOf={props.keyOf}
          opened={search.open}
          {...(isOpening && { open })}
          reach={(row) => choose({ ...search, open: props.keyOf(row) })}
          sorting={{
            sort: search.sort ?? props.sort ?? '',
            choose: (sort) => choose({ ...search, sort, cursor: undefined }),
          }}
        />
      )}
      <Turning search={search} choose={choose} next={answer.data.nextCursor ?? null} />
      {aside !== undefined && search.open !== undefined && (
        <SidePanel
          close={() => choose({ ...search, open: undefined })}
          visit={visit === undefined ? undefined : () => visit(search.open ?? '')}
        >
          {aside(search.open)}
        </SidePanel>
      )}
    </>
  );
}

interface TurningProps extends Pick<ListProps<never>, 'search' | 'choose'> {
  readonly next: string | null;
}

function Turning({ search, choose, next }: TurningProps) {
  const { words } = useLanguage();
  const isFirst = search.cursor === undefined;
  if (isFirst && next === null) return null;
  return (
    <Group justify="flex-end" mt="sm">
      <Button
        variant="default"
        size="xs"
        disabled={isFirst}
        onClick={() => choose({ ...search, cursor: undefined })}
      >
        {words.table.first}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={next === null}
        onClick={() => next !== null && choose({ ...search, cursor: next })}
      >
        {words.table.next}
      </Button>
    </Group>
  );
}
