/**
 * The same thing said several times at the same moment has one effect and one answer (law L14), and orders that name
 * their products in opposite order do not block each other for good.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CallInput } from '../../src/contract/call.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import type { Arena } from './arena.ts';
import { inCrowd } from './bounded.ts';
import { openTortureShop, placeOne, putProduct, receive, type TortureShop } from './torture-shop.ts';

const TIMES = 3;

/** Sends one request three times at once: all answers are alike, all but one say that they repeat. */
async function saidThrice<Id extends OperationId>(arena: Arena, id: Id, input: CallInput<Id>): Promise<void> {
  const answers = await inCrowd(TIMES, TIMES, () => arena.call(id, input));
  const [first, ...others] = answers.map((each) => (each.ok ? each.value : each.problem));
  const alike = others.every((each) => isDeepStrictEqual(each, first));
  arena.check(alike, `${id} three times at once: different answers ${JSON.stringify(answers)}`);
  const repeats = answers.filter((each) => each.ok && each.repeated).length;
  const refused = answers.some((each) => !each.ok);
  arena.check(refused || repeats === TIMES - 1, `${id} three times at once: ${repeats} say that they repeat`);
}

async function repeatedOrder(arena: Arena, { channel }: TortureShop, sku: string): Promise<void> {
  const number = arena.fresh('repeated');
  const body = { channel, number, items: [{ sku, quantity: 2 }] };
  await saidThrice(arena, 'placeOrder', { body });
  const { rows } = await arena.must('listOrders', { query: { channel, number } });
  arena.check(rows.length === 1, `order ${number}: ${rows.length} orders`);
}

async function repeatedReceipt(arena: Arena, shop: TortureShop): Promise<void> {
  const sku = await putProduct(arena, {});
  const [warehouse = ''] = shop.warehouses;
  const body = { reference: arena.fresh('receipt'), warehouse, lines: [{ sku, units: 5 }] };
  await saidThrice(arena, 'receiveStock', { body });
  const { levels } = await arena.must('getProduct', { params: { sku } });
  arena.check(levels[0]?.onHand === 5, `receipt ${body.reference}: on hand ${levels[0]?.onHand}`);
}

/** Two contents under one number at the same moment: one is accepted, the other refused. */
async function contestedNumber(arena: Arena, { channel }: TortureShop, sku: string): Promise<void> {
  const number = arena.fresh('contested');
  const answers = await inCrowd(2, 2, (index) =>
    arena.call('placeOrder', { body: { channel, number, items: [{ sku, quantity: index + 1 }] } }),
  );
  const accepted = answers.filter((each) => each.ok).length;
  const refused = answers.filter((each) => !each.ok && each.problem.code === 'order_number_reused').length;
  arena.check(accepted === 1 && refused === 1, `number ${number}: ${accepted} accepted, ${refused} refused`);
}

/** One key on an act that would otherwise happen each time. */
async function repeatedKeys(arena: Arena, { channel }: TortureShop, sku: string): Promise<void> {
  const order = await placeOne(arena, { channel, sku, quantity: 9 });
  if (order === undefined) return;
  const params = { orderId: order.id };
  const cancel = { params, body: { items: [{ line: 1, units: 2 }] }, key: arena.fresh('key') };
  await saidThrice(arena, 'cancelOrder', cancel);
  await saidThrice(arena, 'holdOrder', { params, body: { reason: 'payment' }, key: arena.fresh('key') });
  await saidThrice(arena, 'liftHold', { params, key: arena.fresh('key') });
  const { items } = await arena.must('getOrder', { params });
  const cancelled = items[0]?.quantities.cancelled;
  arena.check(cancelled === 2, `one key three times at once: ${cancelled} cancelled, not 2`);
}

export async function repeats(arena: Arena, rounds: number, atOnce: number): Promise<void> {
  const shop = await openTortureShop(arena, 2);
  const sku = await putProduct(arena, { backorder: { allowed: true } });
  await receive(arena, shop.warehouses[0] ?? '', { [sku]: 50 });
  await inCrowd(rounds, atOnce, async () => {
    await repeatedOrder(arena, shop, sku);
    await repeatedReceipt(arena, shop);
    await contestedNumber(arena, shop, sku);
    await repeatedKeys(arena, shop, sku);
  });
  await arena.verify('repeats');
}

const BAIT_PRODUCTS = 10;

/** Orders and receipts that name the same products forwards and backwards. */
export async function deadlockBait(arena: Arena, count: number, atOnce: number): Promise<void> {
  const { channel, warehouses } = await openTortureShop(arena, 2);
  const skus: string[] = [];
  for (let made = 0; made < BAIT_PRODUCTS; made++) {
    skus.push(await putProduct(arena, { backorder: { allowed: true } }));
  }
  await inCrowd(count, atOnce, async (index) => {
    const inSomeOrder = index % 2 === 0 ? skus : skus.toReversed();
    if (index % 5 === 0) {
      const lines = inSomeOrder.map((sku) => ({ sku, units: 3 }));
      const body = { reference: arena.fresh('receipt'), warehouse: arena.random.pick(warehouses), lines };
      await arena.expect('receiveStock', { body }, []);
    } else {
      const items = inSomeOrder.map((sku) => ({ sku, quantity: 1 }));
      await arena.expect('placeOrder', { body: { channel, number: arena.fresh('bait'), items } }, []);
    }
  });
  await arena.verify('deadlock bait');
}
