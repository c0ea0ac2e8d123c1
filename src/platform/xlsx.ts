/**
 * Writes an XLSX workbook as it is read, a row at a time, so that a million rows need the memory of one; what does not fit on
 * a sheet goes on on the next. Numbers, days and shares are cells of that type. After ECMA-376 (Office Open XML), parts 1 and 2; texts are inline strings.
 */
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export type XlsxCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'number' | 'money' | 'share'; readonly digits: string }
  | { readonly kind: 'empty' };

export interface XlsxSheet {
  readonly headers: readonly string[];
  readonly rows: Iterable<readonly XlsxCell[]> | AsyncIterable<readonly XlsxCell[]>;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cell formats by their place in cellXfs below. */
const STYLE = { text: 0, number: 1, money: 2, share: 3, date: 4, head: 5 } as const;
/** Most characters of a cell, and most rows of a sheet. */
const MAX_TEXT = 32_767;
const MAX_ROWS = 1_048_576;
/** Characters that are written at once. */
const CHUNK = 65_536;

const STYLES = `${XML}<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf/><xf numFmtId="0" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>
<xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>
<xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`;

/** What a workbook of so many sheets has beside them. */
function partsOf(name: string, sheets: number): Readonly<Record<string, string>> {
  const each = (write: (number: number) => string) =>
    Array.from({ length: sheets }, (_, index) => write(index + 1)).join('');
  const named = (number: number) => escaped(number === 1 ? name : `${name.slice(0, 26).trimEnd()} ${number}`);
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/>
${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${PART}.worksheet+xml"/>`)}
<Override PartName="/xl/styles.xml" ContentType="${PART}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONS}">
<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONS}">
${each((number) => `<Relationship Id="sheet${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}
<Relationship Id="styles" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(
      (number) => `<sheet name="${named(number)}" sheetId="${number}" r:id="sheet${number}"/>`,
    )}</sheets></workbook>`,
    'xl/styles.xml': STYLES,
  };
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const BEYOND_XML = '[\\0-\\x08\\x0b\\x0c\\r\\x0e-\\x1f\\ufffe\\uffff]|\\p{Surrogate}';
/** What XML cannot hold, or would read as something else, and what reads like the way to write it. */
const NOT_XML = new RegExp(`${BEYOND_XML}|_(?=x[\\da-f]{4}_)`, 'giu');
const MARKUP = /[&<>"]/g;

/** As such files write any character: _x0007_ (ECMA-376 part 1, 22.9.2.19). */
function written(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

function escaped(text: string): string {
  const fitting = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '') : text;
  return fitting.replaceAll(NOT_XML, written).replaceAll(MARKUP, (each) => ESCAPED[each] ?? each);
}

/** Days since 1899-12-30, as spreadsheets count them. */
function serialOf(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
}

/** A, B … Z, AA … of 0, 1 … */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnName(Math.floor(index / 26) - 1)}${last}`;
}

function textCell(at: string, text: string, style: number): string {
  return `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function cellXml(at: string, cell: XlsxCell): string {
  if (cell.kind === 'empty') return '';
  if (cell.kind === 'text') return textCell(at, cell.text, STYLE.text);
  const value = cell.kind === 'date' ? String(serialOf(cell.day)) : cell.digits;
  return `<c r="${at}" s="${STYLE[cell.kind]}"><v>${value}</v></c>`;
}

/** The rows of a workbook, sheet after sheet. */
class Rows {
  readonly #rows: AsyncIterator<readonly XlsxCell[]>;
  #next: IteratorResult<readonly XlsxCell[]> | undefined;

  constructor(rows: XlsxSheet['rows']) {
    this.#rows = eachOf(rows);
  }

  async hasMore(): Promise<boolean> {
    this.#next ??= await this.#rows.next();
    return !this.#next.done;
  }

  /** The next row, which is there: see hasMore. */
  take(): readonly XlsxCell[] {
    const next = this.#next;
    this.#next = undefined;
    return next === undefined || next.done ? [] : next.value;
  }
}

async function* eachOf(rows: XlsxSheet['rows']): AsyncGenerator<readonly XlsxCell[]> {
  yield* rows;
}

async function* sheetXml(headers: readonly string[], rows: Rows, maxRows: number): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  const columns = headers.map((_, index) => columnName(index));
  const rowXml = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`;
  let chunk = rowXml(
    1,
    headers.map((head, index) => textCell(`${columns[index]}1`, head, STYLE.head)),
  );
  for (let number = 2; number <= maxRows && (await rows.hasMore()); number++) {
    const cells = rows.take().map((cell, index) => cellXml(`${columns[index]}${number}`, cell));
    chunk += rowXml(number, cells);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}</sheetData></worksheet>`;
}

/**
 * @param name of the sheets; characters that such a name may not have are left out
 * @param maxRows of a sheet, its head among them
 */
export function writeXlsx(name: string, sheet: XlsxSheet, maxRows = MAX_ROWS): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  const shown = name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Report';
  addSheets(zip, sheet, maxRows).then(
    (sheets) => {
      for (const [path, text] of Object.entries(partsOf(shown, sheets))) {
        zip.addBuffer(Buffer.from(text), path);
      }
      zip.end();
    },
    (error: Error) => output.destroy(error),
  );
  return output;
}

/** Each sheet is written when the one before it was read. @returns how many there are; one at least */
async function addSheets(zip: ZipFile, sheet: XlsxSheet, maxRows: number): Promise<number> {
  const rows = new Rows(sheet.rows);
  let sheets = 0;
  do {
    sheets += 1;
    const content = Readable.from(sheetXml(sheet.headers, rows, maxRows), { objectMode: false });
    zip.addReadStream(content, `xl/worksheets/sheet${sheets}.xml`);
    await finished(content);
  } while (await rows.hasMore());
  return sheets;
}
