/**
 * Keyset paging: a cursor is the sort key of the last row, so pages stay right while rows are added. Whatever
 * it holds is checked to be what its columns can be compared with: anyone can write a cursor.
 */
export interface Page<Row> {
  readonly rows: Row[];
  readonly nextCursor: string | null;
}

/** A cursor that was not one of ours. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

type Key = readonly [string | number, ...(string | number)[]];

/** What a place of a cursor may hold: no more than the column takes that it is compared with. */
const PLACES = {
  small: (value) => isWhole(value, 2 ** 15),
  int: (value) => isWhole(value, 2 ** 31),
  whole: (value) => isWhole(value, 2 ** 53),
  /** Milliseconds since 1970, in years of four digits. */
  instant: (value) => isWhole(value, Date.UTC(10_000, 0)) && Number(value) >= 0,
  text: (value) =>
    typeof value === 'string' && value.length <= 200 && value.isWellFormed() && !value.includes('\u0000'),
} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>;

export type Place = keyof typeof PLACES;
type KeyOf<Places extends readonly Place[]> = {
  readonly [Index in keyof Places]: Places[Index] extends 'text' ? string : number;
};

/** Also below zero, since some keys are turned round; never so large that turning it round could overflow. */
function isWhole(value: unknown, below: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < below;
}

/**
 * The key inside a cursor; undefined on the first page. @throws CursorError when it is none of such places
 */
export function cursorKey<const Places extends readonly [Place, ...Place[]]>(
  cursor: string | undefined,
  places: Places,
): KeyOf<Places> | undefined {
  if (cursor === undefined) return undefined;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new CursorError(cursor);
  }
  const fits =
    Array.isArray(key) &&
    key.length === places.length &&
    places.every((place, index) => PLACES[place](key[index]));
  if (!fits) throw new CursorError(cursor);
  return key as unknown as KeyOf<Places>;
}

/** Makes a page of rows that were read with one more than the limit. */
export function pageFrom<Row>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, nextCursor: null };
  return { rows: shown, nextCursor: Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') };
}
