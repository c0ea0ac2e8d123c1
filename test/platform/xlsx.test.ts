/** Workbooks as another library reads them: types of cells, names of sheets, and what goes on on the next sheet. */
import { inflateRawSync } from 'node:zlib';
import readXlsxFile from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { writeXlsx, type XlsxCell, type XlsxSheet } from '../../src/platform/xlsx.ts';

async function read(name: string, sheet: XlsxSheet, maxRows?: number) {
  const parts: Buffer[] = [];
  for await (const part of writeXlsx(name, sheet, maxRows)) parts.push(part as Buffer);
  return await readXlsxFile(Buffer.concat(parts));
}

function numbered(count: number): XlsxCell[][] {
  return Array.from({ length: count }, (_, index) => [{ kind: 'number', digits: String(index) }]);
}

it('goes on on the next sheet when one is full, each with the head', async () => {
  const sheets = await read(
    'Units & days: a name that is longer than allowed',
    { headers: ['n'], rows: numbered(5) },
    3,
  );
  expect(sheets).toEqual([
    { sheet: 'Units & days  a name that is lo', data: [['n'], [0], [1]] },
    { sheet: 'Units & days  a name that 2', data: [['n'], [2], [3]] },
    { sheet: 'Units & days  a name that 3', data: [['n'], [4]] },
  ]);
});

it('has one sheet when all fits, or nothing is there', async () => {
  expect(await read('Full', { headers: ['n'], rows: numbered(2) }, 3)).toHaveLength(1);
  expect(await read('Empty', { headers: ['n'], rows: [] }, 3)).toEqual([{ sheet: 'Empty', data: [['n']] }]);
});

it('fails when its rows fail', async () => {
  async function* rows(): AsyncGenerator<readonly XlsxCell[]> {
    yield [{ kind: 'text', text: 'a' }];
    throw new Error('the database has gone');
  }
  await expect(read('Broken', { headers: ['n'], rows: rows() })).rejects.toThrow('the database has gone');
});

/** What XML 1.0 has no character for, and what it would read as another: production 2, and 2.11. */
const NO_CHARACTER = /[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first file of a ZIP archive: the sheet. */
function firstFile(zip: Buffer): string {
  const begin = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  return inflateRawSync(zip.subarray(begin)).toString();
}

it.each([
  ['a\u0007b', 'a_x0007_b'],
  ['a\0b', 'a_x0000_b'],
  ['\ufffe\uffff', '_xFFFE__xFFFF_'],
  ['\ud800a', '_xD800_a'],
  ['a\udc00', 'a_xDC00_'],
  ['a\rb\r\nc', 'a_x000D_b_x000D_\nc'],
  ['_x0007_', '_x005F_x0007_'],
  ['x_x00 💥 漢 \u0085 \ta', 'x_x00 💥 漢 \u0085 \ta'],
  ['<&">', '&lt;&amp;&quot;&gt;'],
])('holds any character: %j', async (text, inFile) => {
  const parts: Buffer[] = [];
  const sheet: XlsxSheet = { headers: ['text'], rows: [[{ kind: 'text', text }]] };
  for await (const part of writeXlsx('Odd', sheet)) parts.push(part as Buffer);
  const xml = firstFile(Buffer.concat(parts));
  expect(xml).toContain(`<t xml:space="preserve">${inFile}</t>`);
  expect(xml).not.toMatch(NO_CHARACTER);
  expect((await readXlsxFile(Buffer.concat(parts)))[0]?.data[1]?.[0]).toBe(text);
});

it('cuts a text that is too long, and no character of it in half', async () => {
  const rows: XlsxCell[][] = [[{ kind: 'text', text: `${'a'.repeat(32_766)}💥` }]];
  const [sheet] = await read('Long', { headers: ['text'], rows });
  expect(sheet?.data[1]?.[0] === 'a'.repeat(32_766)).toBe(true);
});
