/**
 * Rows and columns. Arrows move between rows that can be opened; Enter or a click opens one. Heads of columns that the
 * server can sort by are buttons. Figures that change while one looks are lit for a moment.
 */
import type { KeyboardEvent, ReactNode } from 'react';
import { Changing } from '../figures/changing.tsx';
import tone from '../tone.module.css';
import { SortHead } from './sort-head.tsx';
import styles from './table.module.css';

export interface Column<Row> {
  /** Of the column in an address; its head when absent. */
  readonly id?: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Stands to the right, in digits of one width. */
  readonly isFigure?: boolean;
  /** Shown only when chosen. */
  readonly isExtra?: boolean;
  /** What the server calls a sorting by it, the first one taken first. */
  readonly sorts?: readonly Sort[];
}

interface Sort {
  readonly sort: string;
  readonly direction: 'ascending' | 'descending';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** A click, or Enter. */
  readonly open?: ((row: Row) => void) | undefined;
  /** An arrow came to it while another row is open. */
  readonly reach?: ((row: Row) => void) | undefined;
  readonly opened?: string | undefined;
  readonly sorting?: Sorting | undefined;
}

export interface Sorting {
  readonly sort: string;
  readonly choose: (sort: string) => void;
}

export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, opened, sorting } = props;
  return (
    // what scrolls has to be reached by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.head} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              aria-current={opened === keyOf(row) ? true : undefined}
              {...opening(props, row)}
            >
              {columns.map((column) => (
                <td key={column.head} className={column.isFigure === true ? tone.figure : undefined}>
                  <Cell column={column} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const shown = column.cell(row);
  return column.isFigure === true && typeof shown === 'string' ? <Changing>{shown}</Changing> : shown;
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
}

function Head<Row>({ column, sorting }: HeadProps<Row>) {
  const { head, isFigure, sorts } = column;
  const className = isFigure === true ? tone.figure : undefined;
  if (sorting === undefined || sorts === undefined) {
    return (
      <th scope="col" className={className}>
        {head}
      </th>
    );
  }
  const at = sorts.findIndex(({ sort }) => sort === sorting.sort);
  const next = sorts[(at + 1) % sorts.length];
  return (
    <SortHead
      head={head}
      isFigure={isFigure}
      direction={sorts[at]?.direction}
      choose={() => next && sorting.choose(next.sort)}
    />
  );
}

/** What makes a row one that can be opened by click or keyboard. */
function opening<Row>({ open, reach, rows, keyOf, opened }: TableProps<Row>, row: Row) {
  if (open === undefined) return {};
  return {
    tabIndex: 0,
    'data-key': keyOf(row),
    onClick: (event: { readonly target: EventTarget }) => {
      if (!isControl(event.target)) open(row);
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === 'Enter') open(row);
      const next = neighbour(event);
      if (!(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
      const reached = rows.find((each) => keyOf(each) === next.dataset['key']);
      if (opened !== undefined && reached !== undefined) reach?.(reached);
    },
  };
}

/** Links and buttons inside a row do what they say. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}

function neighbour({ key, currentTarget }: KeyboardEvent<HTMLTableRowElement>): Element | null {
  if (key === 'ArrowDown') return currentTarget.nextElementSibling;
  if (key === 'ArrowUp') return currentTarget.previousElementSibling;
  return null;
}
