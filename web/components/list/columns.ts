/** Which columns of a list are shown. */
import type { Column } from './table.tsx';

export function idOf<Row>({ id, head }: Column<Row>): string {
  return id ?? head;
}

/** Those the address names, else the usual ones. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: string | undefined,
): readonly Column<Row>[] {
  if (chosen === undefined) return columns.filter(({ isExtra }) => isExtra !== true);
  const ids = new Set(chosen.split(','));
  const shown = columns.filter((column) => ids.has(idOf(column)));
  return shown.length === 0 ? columns : shown;
}
