/** What an import did, row by row: imported, there already, or rejected with the cell at fault. */
import { type Problem, RefusedError } from '../contract/call.ts';
import type { CellProblem } from './import-cells.ts';
import type { Columns, Row } from './import-file.ts';

/** One kind of file: its columns, and what happens with a row. Rows come in the file's order. */
export interface Importer {
  readonly columns: Columns;
  /** Looks at every row before the first is taken, when the kind needs to know what is to come. */
  foresee?(row: Row): void;
  take(row: Row): Promise<void>;
  /** Sends what is still kept. */
  finish(): Promise<void>;
}

/** Where bad rows go. */
export interface Rejects {
  /** Rows rejected so far. */
  readonly count: number;
  /** The file was opened and has these columns. */
  begin(columns: readonly string[]): Promise<void>;
  add(row: Pick<Row, 'line' | 'cells'>, problem: CellProblem): Promise<void>;
  /** No more rows will come. */
  end(): Promise<void>;
}

export class ImportResult {
  readonly #rejects: Rejects;
  imported = 0;
  /** Rows that an earlier import brought already; they changed nothing now. */
  repeated = 0;

  constructor(rejects: Rejects) {
    this.#rejects = rejects;
  }

  get rejected(): number {
    return this.#rejects.count;
  }

  accept(rows: number, repeated: boolean): void {
    if (repeated) this.repeated += rows;
    else this.imported += rows;
  }

  async reject(row: Pick<Row, 'line' | 'cells'>, problem: CellProblem): Promise<void> {
    await this.#rejects.add(row, problem);
  }
}

/**
 * A refusal as the problem of a cell: `columns` says which column a code speaks of. Trouble on the other side (5xx)
 * is no fault of the row: it throws, and the import can be run again.
 */
export function problemOfRefusal(problem: Problem, columns: Readonly<Record<string, string>>): CellProblem {
  if (problem.status >= 500) throw new RefusedError('the import', problem);
  return { column: columns[problem.code] ?? '', problem: `${problem.code}: ${problem.detail}` };
}

export interface RefusedTogether {
  readonly problem: Problem;
  /** The column at fault, by the code of the refusal. */
  readonly columns: Readonly<Record<string, string>>;
  /** What the rows make together: 'receipt'. */
  readonly what: string;
  /** The number that the refusal knows each row's line by. */
  readonly lines: readonly number[];
}

/**
 * Rejects all rows of a document that was refused. Those the refusal names (by line, SKU or warehouse) get its words,
 * the others say on which line the fault is; when it names none, each gets them.
 */
export async function rejectTogether(
  result: ImportResult,
  rows: readonly Row[],
  { problem, columns, what, lines }: RefusedTogether,
): Promise<void> {
  const cell = problemOfRefusal(problem, columns);
  const faulty = rows.filter((row, index) => isNamed(problem, row, lines[index]));
  const named = faulty.length === 0 ? rows : faulty;
  const other = { column: '', problem: sinceLineIsBad(what, named[0]?.line) };
  for (const row of rows) await result.reject(row, named.includes(row) ? cell : other);
}

function isNamed({ sku, skus, warehouse, line }: Problem, row: Row, ofRow: number | undefined): boolean {
  if (line !== undefined) return line === ofRow;
  if (Array.isArray(skus)) return skus.includes(row.cell('sku'));
  if (sku !== undefined) return row.cell('sku') === sku;
  return warehouse !== undefined && row.cell('warehouse') === warehouse;
}

/** A problem that the import itself finds, in the form of a refusal. */
export function ownProblem(code: string, detail: string, line?: number): Problem {
  return { status: 409, code, title: code, detail, ...(line !== undefined && { line }) };
}

export function sinceLineIsBad(what: string, line: number | undefined): string {
  return `not imported, since line ${line} of the same ${what} is bad`;
}
