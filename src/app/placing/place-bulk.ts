/**
 * Places the orders of a bulk request, each with its own result. They go in transactions of their own, so a key is claimed
 * before the first: from then on it stands for this request and no other. Each order is placed under a part of
 * the key that no client can send (it has a space), so that the same request sent again after a crash half way
 * finds what was placed, places the rest, and answers what the first would have.
 */
import type { AnswerOf } from '../../contract/operations.ts';
import type { PlacedOrder } from '../../contract/order-views.ts';
import type { OrderRequest } from '../../contract/orders.ts';
import { isPassing } from '../../core/kernel/refusal.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import { type KeptAnswer, keepAnswers, keepLateAnswer, readKeptAnswers } from '../../db/idempotency.ts';
import type { App } from '../frame/app.ts';
import { type Answered, answerText, type ChangeRequest, fresh, keptAnswer } from '../frame/once.ts';
import { keyReused } from '../frame/refusals.ts';
import { type PlaceRequest, placeRequest } from './place-request.ts';

type Results = AnswerOf<'placeOrders'>;

export interface Placing {
  readonly app: App;
  /** Takes all or none of them into line. */
  readonly placeAll: (requests: readonly PlaceRequest[]) => Promise<Answered<PlacedOrder>[]>;
}

export async function placeBulk(
  { app, placeAll }: Placing,
  request: ChangeRequest,
  orders: readonly OrderRequest[],
): Promise<Answered<Results>> {
  const { key } = request;
  if (key === undefined)
    return await placeEach(
      placeAll,
      orders.map((order) => placeRequest(order)),
    );
  const before = await inTransaction(app.db, (tx) => claim(tx, request, key));
  if (before !== undefined) return before;
  const parts = orders.map((order, index) => placeRequest(order, { key: `${key} ${index}` }));
  const answered = await placeEach(placeAll, parts);
  return await inTransaction(app.db, (tx) => finish(tx, { request, key }, answered));
}

async function placeEach(
  placeAll: Placing['placeAll'],
  requests: readonly PlaceRequest[],
): Promise<Answered<Results>> {
  const answers = await placeAll(requests);
  const results = requests.flatMap(({ order }, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [resultOf(order, answer)];
  });
  return fresh({ ok: true, value: { results } });
}

/** As the order was answered first, also when it is found again. */
function resultOf(
  { number }: OrderRequest,
  { outcome, repeated, repeatedThen = repeated }: Answered<PlacedOrder>,
): Results['results'][number] {
  if (outcome.ok) return { accepted: true, order: outcome.value, repeated: repeatedThen };
  const { code, message, details } = outcome.refusal;
  const refusal = details === undefined ? { code, message } : { code, message, details };
  return { accepted: false, number, refusal };
}

async function readKept(tx: Tx, key: string): Promise<KeptAnswer | undefined> {
  const [kept] = await readKeptAnswers(tx, [key]);
  return kept;
}

/** What was answered under the key; undefined when the request is to go on, for the first time or after a crash. */
async function claim(
  tx: Tx,
  { operation, sent }: ChangeRequest,
  key: string,
): Promise<Answered<Results> | undefined> {
  const kept = await readKept(tx, key);
  if (kept === undefined) {
    await keepAnswers(tx, [{ key, operation, contentsHash: sent.hash, answer: null }]);
    return undefined;
  }
  if (kept.answer !== null) return keptAnswer<Results>(kept, operation, sent);
  return kept.operation === operation && sent.isSame(kept.contentsHash) ? undefined : fresh(keyReused(key));
}

/** Keeps the answer, or takes the one that the same request under way beside this one has kept meanwhile. */
async function finish(
  tx: Tx,
  { request, key }: { readonly request: ChangeRequest; readonly key: string },
  answered: Answered<Results>,
): Promise<Answered<Results>> {
  const kept = await readKept(tx, key);
  if (kept?.answer != null) return keptAnswer<Results>(kept, request.operation, request.sent);
  if (isWhole(answered)) await keepLateAnswer(tx, key, answerText(answered));
  return answered;
}

/** No order was refused for a while only: sent again, the request places those and finds the others. */
function isWhole({ outcome }: Answered<Results>): boolean {
  return !outcome.ok || outcome.value.results.every((each) => each.accepted || !isPassing(each.refusal.code));
}
