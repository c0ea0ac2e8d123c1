/**
 * Rows that each write one thing under its own key, so that a repeat changes nothing. What stands is changed only where the
 * file has a column (PATCH); what does not stand yet is written whole (PUT). Several are under way at once; rows of
 * one key go one after the other, so that the later one stays.
 */
import type { Answered, Problem } from '../contract/call.ts';
import type { OperationId } from '../contract/operations.ts';
import { type Built, type CellProblem, type ColumnRule, problemOf } from './import-cells.ts';
import type { Columns, Row } from './import-file.ts';
import { type Importer, type ImportResult, problemOfRefusal } from './import-result.ts';

/** Requests under way at once. */
const AT_ONCE = 16;

export interface PutForm<Body, Patch> {
  readonly columns: Columns;
  readonly rules: readonly ColumnRule[];
  /** Where in the rules' paths the body of the request begins. */
  readonly within: string;
  /** The columns that name what is put. */
  readonly key: readonly string[];
  build(row: Row): Built<Body>;
  put(body: Body): Promise<Answered<OperationId>>;
  buildPatch(row: Row): Built<Patch>;
  patch(patch: Patch): Promise<Answered<OperationId>>;
  /** The column at fault, by the code of a refusal. */
  readonly faultyColumn: Readonly<Record<string, string>>;
}

export function importByPut<Body, Patch>(result: ImportResult, form: PutForm<Body, Patch>): Importer {
  const kept = new Map<string, Row>();

  async function write(row: Row): Promise<void> {
    const patch = form.buildPatch(row);
    if (!patch.ok) return await result.reject(row, patch.problem);
    const changed = await form.patch(patch.value);
    if (changed.ok) return result.accept(1, false);
    if (changed.problem.code !== 'not_found')
      return await result.reject(row, problemIn(row, changed.problem));
    const built = form.build(row);
    if (!built.ok) return await result.reject(row, built.problem);
    const made = await form.put(built.value);
    if (made.ok) result.accept(1, false);
    else await result.reject(row, problemIn(row, made.problem));
  }

  /** A refusal that names members of the body is said of their columns. */
  function problemIn(row: Row, problem: Problem): CellProblem {
    const [first] = Array.isArray(problem['errors']) ? (problem['errors'] as FieldError[]) : [];
    if (first?.in !== 'body') return problemOfRefusal(problem, form.faultyColumn);
    const path = [form.within, ...first.path.split('.')];
    return problemOf(row, form.rules, { path, message: first.message });
  }

  async function writeKept(): Promise<void> {
    const rows = [...kept.values()];
    kept.clear();
    await Promise.all(rows.map(write));
  }
  return {
    columns: form.columns,
    async take(row) {
      const key = JSON.stringify(form.key.map((name) => row.cell(name)));
      if (kept.has(key) || kept.size >= AT_ONCE) await writeKept();
      kept.set(key, row);
    },
    finish: writeKept,
  };
}

interface FieldError {
  readonly in: string;
  readonly path: string;
  readonly message: string;
}
