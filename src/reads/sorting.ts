/**
 * Lists in the order of a figure: rows with the same figure follow by their code, so that a page can begin after any
 * row. The cursor carries both, and a cursor of one order is refused by another whose figure is of another kind.
 */
import { type RawBuilder, sql } from 'kysely';
import { cursorKey, type Place } from './page.ts';

type Sql = RawBuilder<unknown>;

export interface Sorting {
  /** What a page is sorted by: never null. */
  readonly by: Sql;
  readonly direction: 'up' | 'down';
  /** Different for every row, and always upwards. */
  readonly tie: Sql;
  /** What a cursor may hold for the two. */
  readonly places: readonly [Place, Place];
}

/** Of rows `p` that were chosen by a sorting and carry what they were sorted by. */
export const SORTED = { by: sql`p.sorted_by`, tie: sql`p.tie` } as const;

export function orderOf({ by, direction, tie }: Omit<Sorting, 'places'>): Sql {
  return sql`${by} ${direction === 'up' ? sql`asc` : sql`desc`}, ${tie}`;
}

/** @throws CursorError for a cursor of another list, or of another order */
export function afterCursor(cursor: string | undefined, { by, direction, tie, places }: Sorting): Sql {
  const after = cursorKey(cursor, places);
  if (after === undefined) return sql`true`;
  const [value, code] = after;
  const further = direction === 'up' ? sql`${by} > ${value}` : sql`${by} < ${value}`;
  return sql`(${further} or (${by} = ${value} and ${tie} > ${code}))`;
}
