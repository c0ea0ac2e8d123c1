/**
 * Tables of text for people: a head, a rule under it, words to the left and figures to the right with thousands
 * grouped. Columns are as wide as their widest cell; nothing is cut off, since a figure that is cut is a wrong one.
 */
export type Cell = string | number | null;

export interface Column {
  readonly head: string;
  /** Figures stand to the right. */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';
const grouped = new Intl.NumberFormat('en');

/** 12,345; null is shown as a dash: there is no such figure. */
export function cellText(cell: Cell): string {
  if (cell === null) return '-';
  return typeof cell === 'number' ? grouped.format(cell) : cell;
}

/** The table as lines joined by line ends, without one at its end. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => columns.map((_, index) => cellText(row[index] ?? null)));
  const widths = columns.map(({ head }, index) =>
    Math.max(head.length, ...texts.map((row) => row[index]?.length ?? 0)),
  );
  function lineOf(cells: readonly string[]): string {
    const padded = cells.map((text, index) => {
      const width = widths[index] ?? 0;
      return columns[index]?.align === 'right' ? text.padStart(width) : text.padEnd(width);
    });
    return padded.join(GAP).trimEnd();
  }
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return [lineOf(columns.map(({ head }) => head)), rule, ...texts.map(lineOf)].join('\n');
}
