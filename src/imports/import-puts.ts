/**
 * Rows that are each written whole under their own key with PUT, so that a repeat changes nothing. Several are under
 * way at once; rows of one key go one after the other, so that the later one stays.
 */
import type { Answered } from '../contract/call.ts';
import type { OperationId } from '../contract/operations.ts';
import type { Built } from './import-cells.ts';
import type { Columns, Row } from './import-file.ts';
import { type Importer, type ImportResult, problemOfRefusal } from './import-result.ts';

/** Requests under way at once. */
const AT_ONCE = 16;

export interface PutForm<Body> {
  readonly columns: Columns;
  /** The columns that name what is put. */
  readonly key: readonly string[];
  build(row: Row): Built<Body>;
  put(body: Body): Promise<Answered<OperationId>>;
  /** The column at fault, by the code of a refusal. */
  readonly faultyColumn: Readonly<Record<string, string>>;
}

export function importByPut<Body>(result: ImportResult, form: PutForm<Body>): Importer {
  const kept = new Map<string, Row>();

  async function put(row: Row): Promise<void> {
    const built = form.build(row);
    if (!built.ok) return await result.reject(row, built.problem);
    const answer = await form.put(built.value);
    if (answer.ok) result.accept(1, false);
    else await result.reject(row, problemOfRefusal(answer.problem, form.faultyColumn));
  }
  async function putKept(): Promise<void> {
    const rows = [...kept.values()];
    kept.clear();
    await Promise.all(rows.map(put));
  }
  return {
    columns: form.columns,
    async take(row) {
      const key = JSON.stringify(form.key.map((name) => row.cell(name)));
      if (kept.has(key) || kept.size >= AT_ONCE) await putKept();
      kept.set(key, row);
    },
    finish: putKept,
  };
}
