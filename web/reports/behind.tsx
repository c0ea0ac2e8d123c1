/** The rows behind a figure, beside the report: those of orders lead to their order. */
import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Table } from '../components/list/table.tsx';
import { STATUSES, StatusBadge } from '../components/said.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import type { Words } from '../words/en/en.ts';
import { useLanguage } from '../words/words.tsx';
import styles from './behind.module.css';
import type { Cell } from './report-table.tsx';

interface BehindProps {
  readonly report: string;
  readonly cell: Cell;
}

export function Behind({ report, cell: { measure, keys, column } }: BehindProps) {
  const { words } = useLanguage();
  const heads = words.reports.rowHeads;
  const answer = useAnswer('listReportRows', {
    query: {
      report,
      measure,
      ...(keys !== undefined && { keys: JSON.stringify(keys) }),
      ...(column !== undefined && { column: JSON.stringify(column) }),
    },
  });
  return (
    <>
      <Title order={2} size="h3">
        {words.reports.behind}
      </Title>
      <p className={tone.soft}>
        {words.reports.measure[measure]}
        {keys !== undefined && `, ${keys.map((key) => key ?? words.reports.none).join(', ')}`}
        {column !== undefined && `, ${column[0] ?? words.reports.none}`}
      </p>
      <Answered answer={answer}>
        {({ columns, rows, isAll }) =>
          rows.length === 0 ? (
            <Empty>{words.reports.nothing}</Empty>
          ) : (
            <>
              {!isAll && <p className={tone.soft}>{words.reports.behindAll}</p>}
              <div className={styles.behind}>
                <Table
                  label={words.reports.behind}
                  rows={rows}
                  keyOf={(row) => JSON.stringify(row)}
                  columns={columns.flatMap((name, at) =>
                    name === 'order_id'
                      ? []
                      : [
                          {
                            head: isHead(name, heads) ? heads[name] : name,
                            cell: (row: Row) => cellOf(columns, row, at),
                            isFigure: false,
                          },
                        ],
                  )}
                />
              </div>
            </>
          )
        }
      </Answered>
    </>
  );
}

type Row = readonly (string | number | null)[];

function isHead(name: string, heads: Words['reports']['rowHeads']): name is keyof typeof heads {
  return name in heads;
}

function cellOf(columns: readonly string[], row: Row, at: number): ReactNode {
  const shown = row[at] === null ? '' : String(row[at]);
  const order = row[columns.indexOf('order_id')];
  if (columns[at] === 'number' && order !== undefined && order !== null) {
    return (
      <Link to="/orders/$orderId" params={{ orderId: String(order) }}>
        {shown}
      </Link>
    );
  }
  const status = columns[at] === 'status' ? STATUSES.find((each) => each === shown) : undefined;
  return status === undefined ? shown : <StatusBadge status={status} />;
}
