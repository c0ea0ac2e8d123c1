/**
 * Places orders, a batch at a time, in one transaction:
 *   1 find the products   2 lock them and serve whoever waited before   3 recognise repeats
 *   4 read how much waits already   5 decide, in the order of arrival   6 record what was accepted, keep what was refused
 * One rule for every door: the API, bulk requests and imports all end here.
 */

import type { PlacedOrder } from '../../contract/order-views.ts';
import type { OrderRequest } from '../../contract/orders.ts';
import { compareWithShadow, decideInShadow } from '../../core/allocation/decide-in-shadow.ts';
import { decideOrder, type OrderDemand } from '../../core/allocation/decide-order.ts';
import { shippingTerms } from '../../core/allocation/shipping-terms.ts';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import { present } from '../../core/kernel/assert.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import { DONE, isFinal, type Outcome, type Refused } from '../../core/kernel/refusal.ts';
import type { Tx } from '../../db/database.ts';
import { type KeptAnswer, keepAnswers, readKeptAnswers } from '../../db/idempotency.ts';
import {
  drawOrderIds,
  findOrders,
  insertOrders,
  insertRefusals,
  type OrderRow,
} from '../../db/orders/orders.ts';
import { insertShadowDecisions } from '../../db/orders/shadow-decisions.ts';
import type { App } from '../frame/app.ts';
import { atGate } from '../frame/at-gate.ts';
import { channelByCode } from '../frame/by-code.ts';
import type { Gate } from '../frame/gate.ts';
import { type Answered, answerText, fresh, keptAnswer } from '../frame/once.ts';
import { refuseBeyondWaiting } from '../frame/orders/order-bounds.ts';
import { orderRefusal } from '../frame/orders/order-refusal.ts';
import { attributesOf, wishesOf } from '../frame/orders/order-wishes.ts';
import { recordNewItems } from '../frame/record-changes.ts';
import { channelDisabled, orderNumberReused, refuseUnknownSkus } from '../frame/refusals.ts';
import { refuseSetAside } from '../frame/refuse-set-aside.ts';
import { draftBought } from '../frame/supply/buy-to-order.ts';
import { loadWaitingUses } from '../frame/world/waiting-uses.ts';
import { type Accepted, newItems, rowOf, shippingOf } from './accepted-order.ts';
import { nameOf, type PlaceRequest } from './place-request.ts';
import { type Batch, placedOrder, readPlacedOrders, refusedProducts } from './placed-order.ts';
import { type Repeat, RepeatsInBatch } from './repeats-in-batch.ts';

const OPERATION = 'placeOrder';

type Verdict = Repeat | { readonly kind: 'accepted'; readonly accepted: Accepted };

/** Answers in the order of the requests. */
export async function placeOrders(
  app: App,
  requests: readonly PlaceRequest[],
): Promise<Answered<PlacedOrder>[]> {
  const skus = requests.flatMap(({ order }) => order.items.map((item) => item.sku));
  const products = await app.productIds.find(skus);
  const keys = requests.flatMap(({ key }) => (key === undefined ? [] : [key]));
  let kept: readonly KeptAnswer[] = [];
  const first = async (tx: Tx) => {
    kept = await readKeptAnswers(tx, keys);
    return undefined;
  };
  return await atGate<Answered<PlacedOrder>[]>(
    app,
    { products: [...new Set(products.values())], first },
    (gate) => placeBatch({ gate, products }, requests, kept),
  );
}

async function placeBatch(
  batch: Batch,
  requests: readonly PlaceRequest[],
  kept: readonly KeptAnswer[],
): Promise<Answered<PlacedOrder>[]> {
  const { gate } = batch;
  const known = await readKnown(gate, requests, kept);
  await loadWaitingUses(
    gate,
    requests.flatMap(({ order }) => usesOf(batch, order)),
  );
  const verdicts: Verdict[] = [];
  const repeats = new RepeatsInBatch(requests);
  for (const [index, request] of requests.entries()) {
    const verdict =
      repeats.underKey(request) ??
      underKeptKey(request, known) ??
      repeats.underNumber(request) ??
      (await judge(batch, request, known));
    verdicts.push(verdict);
    repeats.add(index, { accepted: verdict.kind === 'accepted' });
  }
  const placed = await record(gate, verdicts, known.ids);
  await keepRefused(batch, requests, verdicts);
  const answers = verdicts.map((_, index) => answerOf(verdicts, index, placed));
  await keepAnswers(gate.tx, newAnswers(requests, answers, known.kept));
  return answers;
}

interface Known {
  /** One for each request, in their order; those of orders that are not accepted stay unused. */
  readonly ids: readonly OrderId[];
  /** Answers by their key. */
  readonly kept: ReadonlyMap<string, KeptAnswer>;
  /** Orders that were placed before, by what they are known by. */
  readonly orders: ReadonlyMap<string, OrderRow>;
}

async function readKnown(
  gate: Gate,
  requests: readonly PlaceRequest[],
  kept: readonly KeptAnswer[],
): Promise<Known> {
  const { channels, channelsByCode } = gate.configuration;
  const numbers = requests.flatMap(({ order }) => {
    const channel = channelsByCode.get(order.channel);
    return channel === undefined ? [] : [{ channel: channel.id, number: order.number }];
  });
  const [orders, ids] = await Promise.all([
    findOrders(gate.tx, numbers),
    drawOrderIds(gate.tx, requests.length),
  ]);
  return {
    ids,
    kept: new Map(kept.map((each) => [each.key, each])),
    orders: new Map(
      orders.map((row) => {
        const { code } = present(channels.get(row.channel), 'orders were looked up by their channels');
        return [nameOf({ channel: code, number: row.number }), row];
      }),
    ),
  };
}

function usesOf({ gate, products }: Batch, order: OrderRequest) {
  const channel = gate.configuration.channelsByCode.get(order.channel);
  if (channel === undefined) return [];
  return order.items.flatMap(({ sku }) => {
    const product = products.get(sku);
    return product === undefined ? [] : [{ product, channel: channel.id, customer: order.customer }];
  });
}

function underKeptKey({ key, sent }: PlaceRequest, known: Known): Repeat | undefined {
  const kept = key === undefined ? undefined : known.kept.get(key);
  return kept && { kind: 'answered', answer: keptAnswer<PlacedOrder>(kept, OPERATION, sent) };
}

/** Guards in their documented order, then the decision. */
async function judge(batch: Batch, request: PlaceRequest, { orders }: Known): Promise<Verdict> {
  const { gate, products } = batch;
  const { order, meant } = request;
  const found = channelByCode(gate, order.channel);
  if (!found.ok) return answered(found);
  const channel = found.value;
  const existing = orders.get(nameOf(order));
  if (existing !== undefined && meant.isSame(existing.contentsHash)) {
    return { kind: 'answered', answer: await repeat(gate, existing) };
  }
  if (!channel.enabled) return answered(channelDisabled(channel.code));
  if (existing !== undefined) return answered(orderNumberReused(order.number));
  const skus = order.items.map(({ sku }) => sku);
  const known = refuseUnknownSkus(skus, products);
  if (!known.ok) return answered(known);
  const available = order.hold === null ? refuseSetAside(gate, skus, products) : DONE;
  if (!available.ok) return answered(available);
  return await decide(batch, channel, request);
}

function answered(refused: Refused): Verdict {
  return { kind: 'answered', answer: fresh(refused) };
}

async function repeat(gate: Gate, existing: OrderRow): Promise<Answered<PlacedOrder>> {
  const [placed] = await readPlacedOrders(gate, [existing]);
  const value = present(placed, `order ${existing.id} has no first events`);
  return { outcome: { ok: true, value }, repeated: true };
}

async function decide(
  { gate, products }: Batch,
  channel: SalesChannel,
  { order, meant }: PlaceRequest,
): Promise<Verdict> {
  const demands = wishesOf(products, order, gate.now);
  const within = refuseBeyondWaiting(
    gate,
    order.items.flatMap(({ sku, quantity: units }) => {
      const product = products.get(sku);
      return product === undefined ? [] : [{ named: { sku }, product, units }];
    }),
  );
  if (!within.ok) return answered(within);
  const attributes = attributesOf(order, channel, { demands, world: gate.world });
  const terms = shippingTerms({ channel, attributes, mayWait: true }, demands, gate.world);
  const shipping = shippingOf(order, channel, terms);
  const { whole } = shipping;
  const demand: OrderDemand = {
    channel,
    customer: order.customer,
    attributes,
    demands,
    whole,
    lacksOthers: false,
    insist: channel.acceptance === 'accept_always',
    onHold: order.hold !== null,
    waitingAlready: () => 0,
  };
  const shadow = decideInShadow(demand, gate.world);
  const decision = decideOrder(demand, gate.world);
  if (!decision.accepted) return answered(await orderRefusal(gate, channel, decision.failing));
  const { lines } = decision;
  const row = { ...rowOf(order, channel, { ...shipping, now: gate.now }), contentsHash: meant.hash };
  const compared = compareWithShadow(demand, { live: lines, shadow }, gate.world);
  return { kind: 'accepted', accepted: { request: order, row, whole, lines, shadow: compared } };
}

/** Writes the accepted orders; answers by the index of their verdict. */
async function record(
  gate: Gate,
  verdicts: readonly Verdict[],
  ids: readonly OrderId[],
): Promise<Map<number, PlacedOrder>> {
  const accepted = verdicts.flatMap((verdict, index) =>
    verdict.kind === 'accepted'
      ? [{ index, id: present(ids[index], 'an id was drawn for each request'), ...verdict.accepted }]
      : [],
  );
  if (accepted.length === 0) return new Map();
  const rows = accepted.map(({ row, id }) => ({ ...row, id }));
  const items = accepted.flatMap((each) => newItems(gate, each, each.id));
  const inShadow = accepted.flatMap(({ id, shadow }) =>
    shadow === undefined ? [] : [{ ...shadow, order: id }],
  );
  await Promise.all([
    insertOrders(gate.tx, rows),
    recordNewItems(gate, items),
    insertShadowDecisions(gate.tx, inShadow, gate.now),
  ]);
  await draftBought(
    gate,
    items.map(({ item, reference }) => ({ item, number: present(reference, 'its number stands with it') })),
  );
  return new Map(accepted.map((each) => [each.index, placedOrder(gate, { ...each.row, id: each.id }, each)]));
}

async function keepRefused(
  batch: Batch,
  requests: readonly PlaceRequest[],
  verdicts: readonly Verdict[],
): Promise<void> {
  const refused = verdicts.flatMap((verdict, index) => {
    const order = requests[index]?.order;
    if (order === undefined || verdict.kind !== 'answered' || verdict.answer.repeated) return [];
    return refusedProducts(batch, order, verdict.answer.outcome);
  });
  await insertRefusals(batch.gate.tx, refused, batch.gate.now);
}

function answerOf(
  verdicts: readonly Verdict[],
  index: number,
  placed: ReadonlyMap<number, PlacedOrder>,
): Answered<PlacedOrder> {
  const verdict = verdicts[index];
  if (verdict?.kind === 'answered') return verdict.answer;
  if (verdict?.kind === 'repeats') {
    const first = answerOf(verdicts, verdict.index, placed);
    const { outcome } = first;
    if (verdict.by === 'number') return { outcome, repeated: true };
    return { outcome, repeated: true, repeatedThen: first.repeatedThen ?? first.repeated };
  }
  const value = placed.get(index);
  if (value === undefined) throw new Error('an accepted order was not recorded');
  const outcome: Outcome<PlacedOrder> = { ok: true, value };
  return { outcome, repeated: false };
}

/** The answers to be kept: of each key that had none, the first. */
function newAnswers(
  requests: readonly PlaceRequest[],
  answers: readonly Answered<PlacedOrder>[],
  kept: ReadonlyMap<string, unknown>,
): KeptAnswer[] {
  const written = new Set<string>();
  return requests.flatMap(({ key, sent }, index) => {
    const answer = answers[index];
    if (key === undefined || answer === undefined || kept.has(key) || written.has(key)) return [];
    if (!isFinal(answer.outcome)) return [];
    written.add(key);
    return [{ key, operation: OPERATION, contentsHash: sent.hash, answer: answerText(answer) }];
  });
}
