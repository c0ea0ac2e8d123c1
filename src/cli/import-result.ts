/** What an import did, row by row: imported, there already, or rejected with the cell at fault. */
import { type Problem, RefusedError } from '../contract/client.ts';
import type { CellProblem } from './import-cells.ts';
import type { Columns, Row } from './import-file.ts';
import type { RejectFile } from './import-rejects.ts';

/** One kind of file: its columns, and what happens with a row. Rows come in the file's order. */
export interface Importer {
  readonly columns: Columns;
  /** Looks at every row before the first is taken, when the kind needs to know what is to come. */
  foresee?(row: Row): void;
  take(row: Row): Promise<void>;
  /** Sends what is still kept. */
  finish(): Promise<void>;
}

export class ImportResult {
  readonly #rejects: RejectFile;
  imported = 0;
  /** Rows that an earlier import brought already; they changed nothing now. */
  repeated = 0;

  constructor(rejects: RejectFile) {
    this.#rejects = rejects;
  }

  get rejected(): number {
    return this.#rejects.count;
  }

  get rejectFile(): string | null {
    return this.#rejects.count === 0 ? null : this.#rejects.path;
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
