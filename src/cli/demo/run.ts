/**
 * One run of the demo on a database that may have seen others. A run is known by its number: the first whose opening
 * delivery nobody has recorded yet. Its order numbers and document references begin with that number, so that a second
 * run adds to the shop instead of repeating the first.
 */
import type { Client } from '../../contract/call.ts';
import type { Progress } from '../progress.ts';
import type { Delivery } from './shop-plan.ts';
import type { Tally } from './tally.ts';

export interface Acts {
  receipts: number;
  unitsReceived: number;
  ordersCancelled: number;
  unitsCancelled: number;
  shipments: number;
  unitsShipped: number;
  prioritized: number;
  holdsLifted: number;
}

export interface Run {
  readonly client: Client;
  readonly address: string;
  /** 'R2-' in the second run. */
  readonly prefix: string;
  readonly number: number;
  readonly tally: Tally;
  readonly acts: Acts;
  readonly progress: Progress;
}

/** Lines of one receipt at most. */
const RECEIPT_LINES = 1_000;
const MAX_RUNS = 10_000;
export const OPENING = 'opening';

export function noActs(): Acts {
  return {
    receipts: 0,
    unitsReceived: 0,
    ordersCancelled: 0,
    unitsCancelled: 0,
    shipments: 0,
    unitsShipped: 0,
    prioritized: 0,
    holdsLifted: 0,
  };
}

/** A delivery in documents of at most RECEIPT_LINES lines. */
function documentsOf(prefix: string, name: string, { warehouse, lines }: Delivery) {
  const parts = Math.ceil(lines.length / RECEIPT_LINES);
  return Array.from({ length: parts }, (_, part) => ({
    reference: `${prefix}${name}-${warehouse}${part === 0 ? '' : `-${part + 1}`}`,
    warehouse,
    lines: lines.slice(part * RECEIPT_LINES, (part + 1) * RECEIPT_LINES),
  }));
}

/**
 * Finds the number of this run by recording the first document of its opening delivery. Recorded again by `receive`,
 * it has one effect.
 * @param prefixOf how documents of a run are named
 */
export async function claimRun(
  client: Client,
  first: Delivery,
  prefixOf: (run: number) => string,
): Promise<{ readonly number: number; readonly prefix: string }> {
  for (let number = 1; number <= MAX_RUNS; number++) {
    const prefix = prefixOf(number);
    const [body] = documentsOf(prefix, OPENING, first);
    if (body === undefined) throw new Error('nothing to open the shop with');
    const answer = await client.call('receiveStock', { body });
    if (answer.ok && !answer.repeated) return { number, prefix };
    if (!answer.ok && answer.problem.code !== 'reference_reused') {
      throw new Error(`the first delivery was refused: ${answer.problem.detail}`);
    }
  }
  throw new Error(`this database has seen ${MAX_RUNS} runs of the demo; use another`);
}

/** Receives one delivery, in as many documents as it needs, at a moment on the clock of the orders. */
export async function receive(
  run: Run,
  { name, at }: { readonly name: string; readonly at: number },
  delivery: Delivery,
): Promise<void> {
  for (const body of documentsOf(run.prefix, name, delivery)) {
    run.tally.actAt(`receive/${body.reference}`, at);
    await run.client.must('receiveStock', { body });
    run.acts.receipts++;
    run.acts.unitsReceived += body.lines.reduce((sum, { units }) => sum + units, 0);
  }
}
