/**
 * Rows of a file that are one document together, wherever they stand: the items of an order, the lines of a purchase
 * order, those of a receipt.
 *
 * A document is closed when its last row has been read, so documents are sent in the file's order. For that the file is
 * read twice: first its rows are counted by document (one small number a document: 60 MB for a million), then they are
 * taken. Kept in between are only documents that are not complete yet; when those are too many, the file has to be
 * sorted. A document of which a row is bad is rejected with all of its rows: a part of it is another document.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { buildBody, type CellProblem, type ColumnRule } from './import-cells.ts';
import { ImportError } from './import-error.ts';
import type { Columns, Row } from './import-file.ts';
import { type Importer, type ImportResult, sinceLineIsBad } from './import-result.ts';

/** Rows of documents that are not complete yet: about 300 MB. */
const MAX_OPEN_ROWS = 500_000;

/** A document as its rows have told it so far. */
export interface Group<Body> {
  readonly rows: Row[];
  /** Built from the first good row; the lines of the others are added. */
  body: Body | undefined;
  /** Line of the first bad row. */
  badLine: number | undefined;
  /** Rows that are in the reject file already. */
  readonly rejected: Set<Row>;
}

export interface GroupForm<Body> {
  /** What rows make together, for messages: 'order'. */
  readonly what: string;
  readonly columns: Columns;
  /** The columns that name it; the last one is at fault when the document is. */
  readonly key: readonly string[];
  readonly rules: readonly ColumnRule[];
  /** Those that say something about the whole; blank means: as in the first row. */
  readonly headRules: readonly ColumnRule[];
  readonly schema: z.ZodType<Body>;
  linesOf(body: Body): unknown[];
  /** Most lines it may have. */
  readonly most: number;
  /** What the schema cannot say about a row. */
  check?(body: Body, row: Row): CellProblem | undefined;
  /** What is wrong with the whole of it, though each row is good. */
  checkWhole?(body: Body): CellProblem | undefined;
  /** Takes a document that is complete, with good rows only. */
  close(body: Body, rows: readonly Row[]): Promise<void>;
  finish?(): Promise<void>;
}

export class GroupImporter<Body> implements Importer {
  readonly columns: Columns;
  readonly #result: ImportResult;
  readonly #form: GroupForm<Body>;
  readonly #rowsLeft = new RowCounts();
  readonly #open = new Map<string, Group<Body>>();
  #openRows = 0;

  constructor(result: ImportResult, form: GroupForm<Body>) {
    this.#result = result;
    this.#form = form;
    this.columns = form.columns;
  }

  foresee(row: Row): void {
    this.#rowsLeft.add(this.#keyOf(row));
  }

  async take(row: Row): Promise<void> {
    const key = this.#keyOf(row);
    const opened = this.#open.get(key) ?? {
      rows: [],
      body: undefined,
      badLine: undefined,
      rejected: new Set(),
    };
    this.#open.set(key, opened);
    opened.rows.push(row);
    this.#openRows += 1;
    const problem = joinRow(this.#form, opened, row);
    if (problem !== undefined) {
      opened.badLine ??= row.line;
      opened.rejected.add(row);
      await this.#result.reject(row, problem);
    }
    if (this.#rowsLeft.takeOne(key) === 0) await this.#close(key, opened);
    if (this.#openRows > MAX_OPEN_ROWS) {
      const { what } = this.#form;
      throw new ImportError(
        `${MAX_OPEN_ROWS} rows belong to ${what}s that go on later; sort the file by ${what} ${this.#name}`,
      );
    }
  }

  async finish(): Promise<void> {
    for (const [key, opened] of [...this.#open]) await this.#close(key, opened);
    await this.#form.finish?.();
  }

  /** The column that names the document. */
  get #name(): string {
    return this.#form.key.at(-1) ?? '';
  }

  #keyOf(row: Row): string {
    return JSON.stringify(this.#form.key.map((name) => row.cell(name)));
  }

  #sinceLine(line: number | undefined): CellProblem {
    return { column: this.#name, problem: sinceLineIsBad(this.#form.what, line) };
  }

  async #close(key: string, { rows, body, badLine, rejected }: Group<Body>): Promise<void> {
    this.#open.delete(key);
    this.#openRows -= rows.length;
    const good = badLine === undefined ? body : undefined;
    const bad = good === undefined ? this.#sinceLine(badLine) : this.#form.checkWhole?.(good);
    if (good !== undefined && bad === undefined) return await this.#form.close(good, rows);
    for (const row of rows) {
      if (bad !== undefined && !rejected.has(row)) await this.#result.reject(row, bad);
    }
  }
}

/** Adds the row's line to its document, or says what is wrong with it. */
function joinRow<Body>(form: GroupForm<Body>, opened: Group<Body>, row: Row): CellProblem | undefined {
  const built = buildBody(row, form.rules, form.schema);
  if (!built.ok) return built.problem;
  const problem = form.check?.(built.value, row);
  if (problem !== undefined) return problem;
  if (opened.body === undefined) {
    opened.body = built.value;
    return undefined;
  }
  const [first] = opened.rows;
  const other = form.headRules.find(
    ({ name }) => row.cell(name) !== '' && row.cell(name) !== first?.cell(name),
  );
  if (other !== undefined) {
    return {
      column: other.name,
      problem: `'${row.cell(other.name)}' differs from line ${first?.line}, the first row of this ${form.what}`,
    };
  }
  const lines = form.linesOf(opened.body);
  if (lines.length >= form.most) {
    return {
      column: form.key.at(-1) ?? '',
      problem: `a row too many: at most ${form.most} belong to one ${form.what}`,
    };
  }
  lines.push(...form.linesOf(built.value));
  return undefined;
}

/** How many rows of each document are still to come, by 48 bits of its key's hash. */
class RowCounts {
  readonly #counts = new Map<number, number>();

  add(key: string): void {
    const place = placeOf(key);
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
  }

  /** What is left after one row. Two documents in one place only wait for each other. */
  takeOne(key: string): number {
    const place = placeOf(key);
    const left = (this.#counts.get(place) ?? 1) - 1;
    if (left === 0) this.#counts.delete(place);
    else this.#counts.set(place, left);
    return left;
  }
}

function placeOf(key: string): number {
  return createHash('md5').update(key).digest().readUIntBE(0, 6);
}
