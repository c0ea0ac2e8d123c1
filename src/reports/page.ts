/**
 * Keyset paging: a cursor is the sort key of the last row, so pages stay right while rows are added. A cursor that
 * nobody was given reads as no cursor's shape and is refused.
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

/** The key inside a cursor, checked to have the shape of `like`; undefined on the first page. */
export function cursorKey<Shape extends Key>(cursor: string | undefined, like: Shape): Shape | undefined {
  if (cursor === undefined) return undefined;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new CursorError(cursor);
  }
  const fits =
    Array.isArray(key) &&
    key.length === like.length &&
    key.every((value, index) => typeof value === typeof like[index] && isPlain(value));
  if (!fits) throw new CursorError(cursor);
  return key as unknown as Shape;
}

function isPlain(value: string | number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return value.length <= 200 && value.isWellFormed() && !value.includes('\u0000');
}

/** Makes a page of rows that were read with one more than the limit. */
export function pageFrom<Row>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, nextCursor: null };
  return { rows: shown, nextCursor: Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') };
}
