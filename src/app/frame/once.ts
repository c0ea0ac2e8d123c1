/**
 * Changes that are safe to repeat: the one place that decides about Idempotency-Keys, before anything is done.
 *
 * The transaction of a change begins with its key: whoever comes with the same key waits until it ends, and then gets the
 * same answer, byte by byte and refusals included, or is refused when it asks for something else. The answer is kept in
 * the transaction of the effect, so neither is without the other. A key comes before every other lock, so that requests
 * with one key never hold what the other waits for. A change that takes several transactions claims its key first
 * (place-bulk.ts).
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import { isFinal, type Outcome } from '../../core/kernel/refusal.ts';
import type { Tx } from '../../db/database.ts';
import { type KeptAnswer, type KeptDocument, keepAnswers, readKeptAnswers } from '../../db/idempotency.ts';
import type { App } from './app.ts';
import { atGate } from './at-gate.ts';
import type { Contents } from './contents.ts';
import { fillingTransaction } from './fill-waiting.ts';
import type { Gate } from './gate.ts';
import { keyReused, referenceReused } from './refusals.ts';

export interface ChangeRequest {
  readonly operation: string;
  /** The Idempotency-Key header; undefined when none was sent. */
  readonly key: string | undefined;
  /** Parameters and body as they came, which a repeat under the key must equal. */
  readonly sent: Contents;
  /** Operation, parameters and body as they were understood, which a repeat under a reference must equal. */
  readonly meant: () => string;
}

export interface Answered<T> {
  readonly outcome: Outcome<T>;
  /** The answer was given before, to the same request. */
  readonly repeated: boolean;
  /** Of an answer given before under a key: what `repeated` said then. */
  readonly repeatedThen?: boolean;
}

/** A transaction that begins with the request's key and ends with keeping its answer. */
export async function once<T>(
  app: App,
  request: ChangeRequest,
  effect: (tx: Tx) => Promise<Answered<T>>,
): Promise<Answered<T>> {
  return await fillingTransaction(
    app.db,
    async (tx) => (await answeredBefore<T>(tx, request)) ?? (await kept(tx, request, await effect(tx))),
  );
}

/** A change of products' stock, queue or policy: once, at their gate, and then the bell for fills. */
export async function changeAtGate<T>(
  {
    app,
    request,
    products,
  }: { readonly app: App; readonly request: ChangeRequest; readonly products: readonly ProductId[] },
  effect: (gate: Gate) => Promise<Answered<T>>,
): Promise<Answered<T>> {
  const first = (tx: Tx) => answeredBefore<T>(tx, request);
  const answered = await atGate(app, { products, first }, async (gate) =>
    kept(gate.tx, request, await effect(gate)),
  );
  app.ringForFills();
  return answered;
}

/** What was answered under the request's key; undefined when nobody has, and nobody will before this transaction ends. */
async function answeredBefore<T>(tx: Tx, request: ChangeRequest): Promise<Answered<T> | undefined> {
  const { key, operation, sent } = request;
  if (key === undefined) return undefined;
  const [before] = await readKeptAnswers(tx, [key]);
  return before === undefined ? undefined : keptAnswer<T>(before, operation, sent);
}

async function kept<T>(tx: Tx, request: ChangeRequest, answered: Answered<T>): Promise<Answered<T>> {
  const { key, operation, sent } = request;
  if (key !== undefined && isFinal(answered.outcome)) {
    await keepAnswers(tx, [{ key, operation, contentsHash: sent.hash, answer: answerText(answered) }]);
  }
  return answered;
}

/** The answer of a request under a key that was used: the one it got then, or that the key belongs to another. */
export function keptAnswer<T>(before: KeptAnswer, operation: string, contents: Contents): Answered<T> {
  if (before.operation !== operation || !contents.isSame(before.contentsHash)) {
    return fresh(keyReused(before.key));
  }
  if (before.answer === null) throw new Error(`key ${before.key} is claimed by a request under way`);
  const { repeated, ...outcome } = JSON.parse(before.answer) as Outcome<T> & { repeated?: boolean };
  return { outcome: outcome as Outcome<T>, repeated: true, repeatedThen: repeated === true };
}

/** An answer as it is kept. */
export function answerText({ outcome, repeated }: Answered<unknown>): string {
  return JSON.stringify(repeated ? { ...outcome, repeated } : outcome);
}

/** The answer of a document under a reference that was used: the one it got then, or that it belongs to another. */
export function keptDocument<T>(before: KeptDocument, reference: string, contents: Contents): Answered<T> {
  if (!contents.isSame(before.contentsHash)) return fresh(referenceReused(reference));
  return { outcome: { ok: true, value: JSON.parse(before.answer) as T }, repeated: true };
}

export function fresh<T>(outcome: Outcome<T>): Answered<T> {
  return { outcome, repeated: false };
}
