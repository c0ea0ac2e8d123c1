/**
 * Where a page begins, for every list. A list in the order of its own columns begins after the row whose
 * columns the cursor carries. One in the order of a figure lets rows with the same figure follow by their
 * code; the cursor carries both, and that of one order is refused by another whose figure is of another kind.
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

/** What a place of a cursor is compared as. */
const TYPES: Readonly<Record<Place, Sql>> = {
  small: sql`int`,
  int: sql`int`,
  whole: sql`bigint`,
  instant: sql`timestamptz`,
  text: sql`text`,
};

interface Columns {
  /** Together different for every row; a page is in their order, all of them in one direction. */
  readonly columns: readonly Sql[];
  readonly direction: 'up' | 'down';
  /** What a cursor holds for each of them. */
  readonly places: readonly [Place, ...Place[]];
}

/** @throws CursorError for a cursor of another list */
export function afterRow(cursor: string | undefined, { columns, direction, places }: Columns): Sql {
  const after = cursorKey(cursor, places);
  if (after === undefined) return sql`true`;
  const key = after.map((value, index) => {
    const place = places[index] ?? 'text';
    return sql`${place === 'instant' ? new Date(value) : value}::${TYPES[place]}`;
  });
  const further = direction === 'up' ? sql`>` : sql`<`;
  return sql`(${sql.join(columns)}) ${further} (${sql.join(key)})`;
}
