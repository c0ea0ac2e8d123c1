/**
 * PostgreSQL array literals, written by hand: set-based statements take their rows as one array a column, and
 * writing the literal here is several times cheaper than the driver's generic serializer.
 */
export function ints(values: readonly (number | bigint)[]): string {
  return `{${values.join(',')}}`;
}

/** Numbers; null stays null. */
export function intsOrNone(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

export function booleans(values: readonly boolean[]): string {
  return `{${values.join(',')}}`;
}

/** Texts; null stays null. */
export function texts(values: readonly (string | null)[]): string {
  return `{${values.map(quoted).join(',')}}`;
}

/** Instants (whole milliseconds) as timestamptz. */
export function instants(values: readonly number[]): string {
  return `{${values.map((value) => `"${new Date(value).toISOString()}"`).join(',')}}`;
}

export function jsons(values: readonly unknown[]): string {
  return texts(values.map((value) => JSON.stringify(value)));
}

function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
