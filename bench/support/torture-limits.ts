/**
 * What many ask for at once and few can have: the last unit on the shelf, and the last places under a limit. However
 * many ask at the same moment, through however many servers, exactly as many get it as there is (laws L3 and L7).
 */
import { isDeepStrictEqual } from 'node:util';
import type { PlacedOrder } from '../../src/contract/order-views.ts';
import type { Arena } from './arena.ts';
import { inCrowd } from './bounded.ts';
import {
  openTortureShop,
  type PolicyInput,
  placeOne,
  putProduct,
  receive,
  type TortureShop,
  unitsIn,
} from './torture-shop.ts';

async function lastUnitRound(arena: Arena, shop: TortureShop, round: { clients: number; mayWait: boolean }) {
  const { clients, mayWait } = round;
  const sku = await putProduct(arena, mayWait ? { backorder: { allowed: true } } : {});
  await receive(arena, arena.random.pick(shop.warehouses), { [sku]: 1 });
  const orders = await inCrowd(clients, clients, () => placeOne(arena, { channel: shop.channel, sku }));
  const accepted = orders.filter((order) => order !== undefined).length;
  arena.check(
    unitsIn('allocated', orders) === 1,
    `last unit: ${unitsIn('allocated', orders)} times allocated`,
  );
  arena.check(accepted === (mayWait ? clients : 1), `last unit: ${accepted} of ${clients} accepted`);
  const { levels, waiting } = await arena.must('getProduct', { params: { sku } });
  const allocated = levels.reduce((sum, level) => sum + level.allocated, 0);
  arena.check(allocated === 1, `last unit: level says ${allocated} allocated`);
  arena.check(waiting.backordered === (mayWait ? clients - 1 : 0), `last unit: ${waiting.backordered} wait`);
  if (mayWait) await firstInLineAreServed(arena, shop, { sku, orders });
}

const UNITS_MORE = 3;

/** A few units more go to those who were accepted first (law L10), without anyone asking again (L11). */
async function firstInLineAreServed(
  arena: Arena,
  shop: TortureShop,
  { sku, orders }: { sku: string; orders: readonly (PlacedOrder | undefined)[] },
): Promise<void> {
  await receive(arena, arena.random.pick(shop.warehouses), { [sku]: UNITS_MORE });
  await arena.settle();
  const waited = orders.filter((order) => order !== undefined && unitsIn('allocated', [order]) === 0);
  const inLine = waited.map((order) => order?.id ?? 0).sort((a, b) => a - b);
  const { rows } = await arena.must('listWaiting', { query: { sku, limit: 200 } });
  const left = rows.map((row) => row.orderId);
  const expected = inLine.slice(UNITS_MORE);
  arena.check(
    isDeepStrictEqual(left, expected),
    `after ${UNITS_MORE} more units ${left} wait, not ${expected}`,
  );
}

/** `rounds` times one unit and `clients` who want it; in turn the others may wait or are refused. */
export async function lastUnit(arena: Arena, rounds: number, clients: number): Promise<void> {
  const shop = await openTortureShop(arena, 2);
  for (let round = 0; round < rounds; round++) {
    await lastUnitRound(arena, shop, { clients, mayWait: round % 2 === 0 });
  }
  await arena.verify('last unit');
}

type Scope = 'perCustomer' | 'perChannel' | 'perProduct';
const SCOPES: readonly Scope[] = ['perProduct', 'perChannel', 'perCustomer'];
/** A day that no proof will see. */
const RELEASE = { at: '2190-06-01', timeZone: 'Europe/Amsterdam' };

interface LimitCase {
  readonly scope: Scope;
  readonly limit: number;
  readonly requests: number;
  readonly kind: 'backorder' | 'preorder';
  readonly acceptance: 'strict' | 'accept_always';
}

function policyOf({ kind, scope, limit }: LimitCase): PolicyInput {
  const allowed = { allowed: true, limits: { [scope]: limit } };
  return kind === 'backorder' ? { backorder: allowed } : { preorder: allowed, release: RELEASE };
}

const AT_ONCE_AGAIN = 10;

/** `requests` of one unit each at the same moment, none in stock; then one of the waiting gives its place back. */
async function limitIsExact(arena: Arena, limitCase: LimitCase): Promise<void> {
  const { limit, requests, kind, acceptance, scope } = limitCase;
  const bucket = kind === 'backorder' ? 'backordered' : 'preordered';
  const name = `${acceptance} ${kind} ${scope} ${limit}`;
  const shop = await openTortureShop(arena, 1, acceptance);
  const sku = await putProduct(arena, policyOf(limitCase));
  const wish = { channel: shop.channel, sku, customer: 'one and the same' };
  const ask = (count: number) => inCrowd(count, count, () => placeOne(arena, wish));

  const first = await ask(requests);
  const waits = unitsIn(bucket, first);
  arena.check(waits === Math.min(limit, requests), `${name}: ${waits} wait`);
  checkTheRest(arena, limitCase, first);

  const inPlace = first.find((order) => unitsIn(bucket, [order]) === 1);
  if (inPlace === undefined) return;
  await arena.must('cancelOrder', { params: { orderId: inPlace.id }, body: {} });
  const again = unitsIn(bucket, await ask(AT_ONCE_AGAIN));
  arena.check(again === 1, `${name}: ${again} took the one place given back`);
  const { waiting } = await arena.must('getProduct', { params: { sku } });
  arena.check(waiting[bucket] === limit, `${name}: the product says ${waiting[bucket]} wait`);
}

function checkTheRest(
  arena: Arena,
  limitCase: LimitCase,
  orders: readonly (PlacedOrder | undefined)[],
): void {
  const { limit, requests, acceptance } = limitCase;
  const accepted = orders.filter((order) => order !== undefined).length;
  const strict = acceptance === 'strict';
  arena.check(accepted === (strict ? limit : requests), `${acceptance} limit ${limit}: ${accepted} accepted`);
  const unfillable = unitsIn('unfillable', orders);
  arena.check(
    unfillable === (strict ? 0 : requests - limit),
    `${acceptance} limit ${limit}: ${unfillable} unfillable`,
  );
}

/** Every scope with every limit, strict and accept_always, as backorders; one pre-order limit per scope. */
export async function exactLimits(arena: Arena, limits: readonly number[], requests: number): Promise<void> {
  for (const scope of SCOPES) {
    for (const acceptance of ['strict', 'accept_always'] as const) {
      for (const limit of limits) {
        await limitIsExact(arena, { scope, acceptance, limit, requests, kind: 'backorder' });
      }
      const limit = limits[Math.floor(limits.length / 2)] ?? 1;
      await limitIsExact(arena, { scope, acceptance, limit, requests, kind: 'preorder' });
    }
  }
  await arena.verify('exact limits');
}
