/** What the tests of purchasing files share: a shop without suppliers, and files that are imported into it. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Ended } from './run-command.ts';

/** Products CUP, PAN and one whose name a spreadsheet would run, warehouses W1 and W2; no suppliers. */
export async function startShop(): Promise<TestServer> {
  const server = await startTestServer();
  const { client } = server;
  for (const warehouse of ['W1', 'W2']) {
    await client.must('putWarehouse', {
      params: { warehouse },
      body: { name: warehouse, kind: 'own', timeZone: 'UTC' },
    });
  }
  for (const sku of ['CUP', 'PAN', '=LAMP']) {
    await client.must('putProduct', { params: { sku }, body: { name: sku } });
  }
  return server;
}

/** Runs a command here, since starting a program for each of so many takes longer than all they do. */
export async function run(server: TestServer, ...args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text, encodingOrDone, done) => {
      said[name] += String(text);
      const told = typeof encodingOrDone === 'function' ? encodingOrDone : done;
      told?.();
      return true;
    }),
  );
  try {
    const code = await runProgram(['--database-url', server.databaseUrl, ...args]);
    return { code, out: said.stdout, err: said.stderr };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

export interface Imported {
  readonly code: number | null;
  /** Rows imported, there before, and rejected. */
  readonly counts: readonly number[];
  /** 'first cell | line | column | problem' of each rejected row, by line. */
  readonly rejects: readonly string[];
}

/** Imports these rows, the first of which names the columns. */
export async function importRows(
  { server, folder, kind }: { readonly server: TestServer; readonly folder: string; readonly kind: string },
  ...rows: readonly string[]
): Promise<Imported> {
  const file = join(folder, `${kind}.csv`);
  await writeFile(file, rows.join('\n'));
  const ended = await run(server, 'import', kind, file, '--json');
  if (ended.out === '') throw new Error(ended.err);
  const { imported, repeated, rejected } = JSON.parse(ended.out);
  return {
    code: ended.code,
    counts: [imported, repeated, rejected],
    rejects: await rejectsOf(`${file}.rejects.csv`),
  };
}

async function rejectsOf(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const rows: string[][] = parse(await readFile(file, 'utf8'), { from_line: 2 });
  const byLine = rows.toSorted((a, b) => Number(a.at(-3)) - Number(b.at(-3)));
  return byLine.map((cells) => [cells[0], ...cells.slice(-3)].join(' | '));
}
