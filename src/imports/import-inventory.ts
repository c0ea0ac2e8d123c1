/**
 * Stock from a file, one row a SKU in a warehouse, as counts: on hand becomes what the file says.
 *
 * Rows of one warehouse go together in documents of up to a thousand lines, named after the run of the import and the
 * document's place in it. A count is a statement about now: the same file on another day counts again, and only a run that
 * was interrupted finds its documents there when it goes on under its name. Rows the API refuses are taken out of their
 * document and the rest goes again under the next name; correct them in the reject file, which is a file of its own.
 */
import { z } from 'zod';
import type { Client, Problem } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { asText, asWhole, buildBody, type ColumnRule } from './import-cells.ts';
import type { Row } from './import-file.ts';
import { type Importer, type ImportResult, problemOfRefusal } from './import-result.ts';

/** Lines of one document: the most that the API takes. */
const DOCUMENT_LINES = 1_000;

const RULES: readonly ColumnRule[] = [
  { name: 'sku', path: ['sku'], read: asText },
  { name: 'warehouse', path: ['warehouse'], read: asText },
  { name: 'on_hand', path: ['counted'], read: asWhole },
];

const { warehouse, lines } = OPERATIONS.countStock.body.shape;
const countRow = z.strictObject({ warehouse, ...lines.element.shape });

const FAULTY_COLUMN = {
  unknown_sku: 'sku',
  unknown_warehouse: 'warehouse',
  stock_unmanaged: 'warehouse',
  below_picked: 'on_hand',
  too_many_units: 'on_hand',
};

interface CountedLine {
  readonly row: Row;
  readonly sku: string;
  readonly counted: number;
}

interface CountDocument {
  readonly warehouse: string;
  readonly reference: string;
  readonly lines: readonly CountedLine[];
}

/** @param run the name of this run */
export function importInventory(client: Client, result: ImportResult, run: string): Importer {
  const open = new Map<string, Map<string, CountedLine>>();
  let documents = 0;

  async function send(code: string): Promise<void> {
    const kept = open.get(code);
    open.delete(code);
    if (kept === undefined) return;
    documents += 1;
    await sendDocument(client, result, {
      warehouse: code,
      reference: `import/${run}/${documents}`,
      lines: [...kept.values()],
    });
  }
  return {
    columns: { required: ['sku', 'warehouse', 'on_hand'], optional: [] },
    async take(row) {
      const built = buildBody(row, RULES, countRow);
      if (!built.ok) return await result.reject(row, built.problem);
      const { sku, counted, warehouse: code } = built.value;
      const kept = open.get(code) ?? new Map<string, CountedLine>();
      // A SKU counted twice: the later row counts, as in the file.
      if (kept.has(sku) || kept.size >= DOCUMENT_LINES) {
        await send(code);
        open.set(code, new Map([[sku, { row, sku, counted }]]));
      } else open.set(code, kept.set(sku, { row, sku, counted }));
    },
    async finish() {
      for (const code of [...open.keys()]) await send(code);
    },
  };
}

/** Sends the lines until the API takes what is left of them; each round takes out at least one. */
async function sendDocument(client: Client, result: ImportResult, document: CountDocument): Promise<void> {
  let left = document.lines;
  for (let round = 1; left.length > 0; round++) {
    const answer = await client.call('countStock', {
      body: {
        reference: round === 1 ? document.reference : `${document.reference}/${round}`,
        warehouse: document.warehouse,
        reason: 'import',
        lines: left.map(({ sku, counted }) => ({ sku, counted })),
      },
    });
    if (answer.ok) return result.accept(left.length, answer.repeated);
    const faulty = faultyLines(left, answer.problem);
    for (const { row } of faulty) await result.reject(row, problemOfRefusal(answer.problem, FAULTY_COLUMN));
    left = left.filter((line) => !faulty.includes(line));
  }
}

/** The lines a refusal names; all of them when it names none. */
function faultyLines(lines: readonly CountedLine[], problem: Problem): readonly CountedLine[] {
  const named = namedSkus(problem);
  const faulty = lines.filter((line) => named.includes(line.sku));
  return faulty.length === 0 ? lines : faulty;
}

function namedSkus({ sku, skus }: Problem): readonly unknown[] {
  if (Array.isArray(skus)) return skus;
  return sku === undefined ? [] : [sku];
}
