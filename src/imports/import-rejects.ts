/**
 * The reject file: every bad row as it stood in the file, with its line, the column at fault and the problem. It is
 * made when the first row is rejected and can be imported again when corrected. Cells that a spreadsheet would run
 * as a formula get an apostrophe in front.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from '../contract/reports/formula-cells.ts';
import type { CellProblem } from './import-cells.ts';
import { REJECT_COLUMNS, type Row } from './import-file.ts';
import type { Rejects } from './import-result.ts';

export class RejectFile implements Rejects {
  readonly path: string;
  #columns: readonly string[] = [];
  #stream: WriteStream | undefined;
  #count = 0;

  constructor(imported: string) {
    this.path = `${imported}.rejects.csv`;
  }

  /** Rows rejected so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes away what an earlier import of the same file left. */
  async begin(columns: readonly string[]): Promise<void> {
    this.#columns = columns;
    await rm(this.path, { force: true });
  }

  async add({ line, cells }: Pick<Row, 'line' | 'cells'>, { column, problem }: CellProblem): Promise<void> {
    this.#count += 1;
    const own = new Set<string>(REJECT_COLUMNS);
    const kept = this.#columns
      .map((name, index) => ({ name, cell: cells[index] ?? '' }))
      .filter(({ name }) => !own.has(name));
    if (this.#stream === undefined) await this.#write([...kept.map(({ name }) => name), ...REJECT_COLUMNS]);
    await this.#write([...kept.map(({ cell }) => escapeFormula(cell)), String(line), column, problem]);
  }

  async end(): Promise<void> {
    if (this.#stream !== undefined) await finished(this.#stream.end());
  }

  async #write(cells: readonly string[]): Promise<void> {
    this.#stream ??= createWriteStream(this.path).on('error', () => undefined);
    const stream = this.#stream;
    const text = stringify([[...cells]]);
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }
}
