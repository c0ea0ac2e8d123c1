/**
 * Changes that are safe to repeat. The answer to a change under an Idempotency-Key is kept in the transaction of its
 * effect, refusals included: the same key with the same contents gets the same answer and does nothing again.
 */
import type { ProductId } from '../core/kernel/ids.ts';
import { type Outcome, refuse } from '../core/kernel/refusal.ts';
import type { Tx } from '../db/database.ts';
import { type KeptAnswer, keepAnswers, readKeptAnswers } from '../db/idempotency.ts';
import { type App, contentsHash } from './app.ts';
import { atGate } from './at-gate.ts';
import type { Gate } from './gate.ts';

export interface ChangeRequest {
  readonly operation: string;
  /** The Idempotency-Key header; undefined when none was sent. */
  readonly key: string | undefined;
  /** Parameters and body, as validated. */
  readonly contents: unknown;
}

export interface Answered<T> {
  readonly outcome: Outcome<T>;
  /** The answer was given before, to the same request. */
  readonly repeated: boolean;
}

function keyReused(key: string) {
  return refuse(
    'idempotency_key_reused',
    `Idempotency-Key ${key} was used for another request; send a new key for a new request`,
    { key },
  );
}

/** Runs `effect` unless its key is answered already. Inside the transaction of the effect, after its locks. */
export async function once<T>(
  tx: Tx,
  request: ChangeRequest,
  effect: () => Promise<Answered<T>>,
): Promise<Answered<T>> {
  const { operation, key } = request;
  if (key === undefined) return await effect();
  const hash = contentsHash(request.contents);
  const [kept] = await readKeptAnswers(tx, [key]);
  if (kept !== undefined) return keptAnswer<T>(kept, operation, hash);
  const answered = await effect();
  await keepAnswers(tx, [{ key, operation, contentsHash: hash, outcome: answered.outcome }]);
  return answered;
}

export function keptAnswer<T>(kept: KeptAnswer, operation: string, hash: string): Answered<T> {
  if (kept.operation !== operation || kept.contentsHash !== hash) {
    return { outcome: keyReused(kept.key), repeated: false };
  }
  return { outcome: kept.outcome as Outcome<T>, repeated: true };
}

/** A change of products' stock, queue or policy: at their gate, once, and then the bell for fills. */
export async function changeAtGate<T>(
  {
    app,
    request,
    products,
  }: { readonly app: App; readonly request: ChangeRequest; readonly products: readonly ProductId[] },
  effect: (gate: Gate) => Promise<Answered<T>>,
): Promise<Answered<T>> {
  const answered = await atGate(app, products, (gate) => once(gate.tx, request, () => effect(gate)));
  app.ringForFills();
  return answered;
}

export function fresh<T>(outcome: Outcome<T>): Answered<T> {
  return { outcome, repeated: false };
}
