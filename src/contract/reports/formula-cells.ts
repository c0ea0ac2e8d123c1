/**
 * Cells that a spreadsheet would run as a formula get an apostrophe in front when they are written, and lose it when
 * they are read. A cell that has apostrophes in front of such a sign gets one more, so that what is read is always
 * what was written.
 */
const ESCAPED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const TO_ESCAPE = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

export function escapeFormula(cell: string): string {
  return TO_ESCAPE.test(cell) ? `'${cell}` : cell;
}

export function unescapeFormula(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
