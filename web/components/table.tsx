/** Rows and columns. Arrows move between rows that can be opened, and Enter opens one, as a click does. */
import type { KeyboardEvent, ReactNode } from 'react';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Stands to the right, in digits of one width. */
  readonly isFigure?: boolean;
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly open?: ((row: Row) => void) | undefined;
}

export function Table<Row>({ label, columns, rows, keyOf, open }: TableProps<Row>) {
  return (
    // what scrolls has to be reached by keyboard
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ head, isFigure }) => (
              <th key={head} scope="col" className={isFigure === true ? 'figure' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...(open === undefined ? {} : opening(() => open(row)))}>
              {columns.map(({ head, cell, isFigure }) => (
                <td key={head} className={isFigure === true ? 'figure' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What makes a row one that can be opened by click or keyboard. */
function opening(open: () => void) {
  return {
    tabIndex: 0,
    onClick: open,
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === 'Enter') open();
      const next = neighbour(event);
      if (next instanceof HTMLElement) {
        event.preventDefault();
        next.focus();
      }
    },
  };
}

function neighbour({ key, currentTarget }: KeyboardEvent<HTMLTableRowElement>): Element | null {
  if (key === 'ArrowDown') return currentTarget.nextElementSibling;
  if (key === 'ArrowUp') return currentTarget.previousElementSibling;
  return null;
}
