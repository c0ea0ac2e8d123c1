/** Workbooks as another library reads them: types of cells, names of sheets, and what goes on on the next sheet. */
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
    { heads: ['n'], rows: numbered(5) },
    3,
  );
  expect(sheets).toEqual([
    { sheet: 'Units & days  a name that is lo', data: [['n'], [0], [1]] },
    { sheet: 'Units & days  a name that 2', data: [['n'], [2], [3]] },
    { sheet: 'Units & days  a name that 3', data: [['n'], [4]] },
  ]);
});

it('has one sheet when all fits, or nothing is there', async () => {
  expect(await read('Full', { heads: ['n'], rows: numbered(2) }, 3)).toHaveLength(1);
  expect(await read('Empty', { heads: ['n'], rows: [] }, 3)).toEqual([{ sheet: 'Empty', data: [['n']] }]);
});

it('fails when its rows fail', async () => {
  async function* rows(): AsyncGenerator<readonly XlsxCell[]> {
    yield [{ kind: 'text', text: 'a' }];
    throw new Error('the database has gone');
  }
  await expect(read('Broken', { heads: ['n'], rows: rows() })).rejects.toThrow('the database has gone');
});
