/**
 * A list of the server: its rows, and the way to the next page. The page one looks at is part of the address.
 */
import { Button, Group } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLanguage } from '../words/words.tsx';
import { Empty, Loading, Problem } from './states.tsx';
import { Table, type TableProps } from './table.tsx';

interface PageOfRows<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor?: string | null;
}

interface ListProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  readonly answer: UseQueryResult<PageOfRows<Row>>;
  readonly empty: ReactNode;
  /** Goes to a page by its cursor; undefined: the first. */
  readonly turn?: (cursor: string | undefined) => void;
  readonly isFirst?: boolean;
}

export function List<Row>(props: ListProps<Row>) {
  const { answer, empty } = props;
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
  const { rows } = answer.data;
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <>
      <Table {...props} rows={rows} />
      <Turning {...props} next={answer.data.nextCursor ?? null} />
    </>
  );
}

function Turning<Row>({
  turn,
  isFirst = true,
  next,
}: Pick<ListProps<Row>, 'turn' | 'isFirst'> & { readonly next: string | null }) {
  const { words } = useLanguage();
  if (turn === undefined || (isFirst && next === null)) return null;
  return (
    <Group justify="flex-end" mt="sm">
      <Button variant="default" size="xs" disabled={isFirst} onClick={() => turn(undefined)}>
        {words.table.first}
      </Button>
      <Button variant="default" size="xs" disabled={next === null} onClick={() => turn(next ?? undefined)}>
        {words.table.next}
      </Button>
    </Group>
  );
}
