/**
 * Orders whose items are tied by a rule, beside orders that are served as a whole, over a few products that all of them want:
 * what one item takes decides about others that stand in other queues. Placed, changed, held, cancelled, picked and shipped
 * while stock comes, goes and is counted away. No order may ship from more warehouses than the rule says.
 */
import type { SourcingRuleView } from '../../src/contract/sourcing/sourcing-rules.ts';
import type { Arena } from './arena.ts';
import { inCrowd } from './bounded.ts';
import { openTortureShop, putProduct, type TortureShop } from './torture-shop.ts';

export type TyingLimits = Partial<
  Pick<SourcingRuleView['limits'], 'mostShipments' | 'leastUnitsPerShipment'>
>;

interface Tied {
  readonly arena: Arena;
  readonly shop: TortureShop;
  readonly skus: readonly string[];
  readonly orders: number[];
}

type Act = (tied: Tied) => Promise<unknown>;

const PRODUCTS = 5;
const WAREHOUSES = 3;
const MOST_ITEMS = 4;
/** Share of the orders that are served as a whole. */
const WHOLE = 0.2;

const place: Act = async ({ arena, shop, skus, orders }) => {
  const { random } = arena;
  const items = random
    .shuffled(skus)
    .slice(0, random.between(1, MOST_ITEMS))
    .map((sku) => ({ sku, quantity: random.between(1, 6) }));
  const whole = random.chance(WHOLE);
  const body = {
    channel: shop.channel,
    number: arena.fresh('tied'),
    priority: random.between(-1, 1),
    shipping: whole ? ('complete' as const) : ('partial' as const),
    whenIncomplete: 'give_back' as const,
    items,
  };
  const placed = await arena.expect('placeOrder', { body }, []);
  if (placed !== undefined) orders.push(placed.id);
};

const receive: Act = async ({ arena, shop, skus }) => {
  const { random } = arena;
  const lines = random
    .shuffled(skus)
    .slice(0, 2)
    .map((sku) => ({ sku, units: random.between(1, 25) }));
  const body = { reference: arena.fresh('tied'), warehouse: random.pick(shop.warehouses), lines };
  await arena.expect('receiveStock', { body }, []);
};

const count: Act = async ({ arena, shop, skus }) => {
  const { random } = arena;
  const lines = [{ sku: random.pick(skus), counted: random.between(0, 10) }];
  const body = { reference: arena.fresh('tied'), warehouse: random.pick(shop.warehouses), lines };
  await arena.expect('countStock', { body }, ['below_picked']);
};

/** An act on an order placed before; none yet is no harm. */
function onAnOrder(act: (arena: Arena, orderId: number, shop: TortureShop) => Promise<unknown>): Act {
  return async ({ arena, shop, orders }) => {
    if (orders.length > 0) await act(arena, arena.random.pick(orders), shop);
  };
}

const cancel = onAnOrder((arena, orderId) => {
  const body = arena.random.chance(0.5) ? {} : { items: [{ line: 1, units: 1 }] };
  return arena.expect('cancelOrder', { params: { orderId }, body }, ['nothing_to_cancel', 'too_many_units']);
});
const change = onAnOrder((arena, orderId) => {
  const body = { items: [{ line: 1, quantity: arena.random.between(0, 9) }] };
  return arena.expect('changeOrder', { params: { orderId }, body }, ['quantity_below_committed']);
});
const hold = onAnOrder((arena, orderId) => {
  const body = { reason: 'payment', giveBack: arena.random.chance(0.5) };
  return arena.expect('holdOrder', { params: { orderId }, body }, ['order_on_hold']);
});
const lift = onAnOrder((arena, orderId) =>
  arena.expect('liftHold', { params: { orderId } }, ['order_not_on_hold']),
);

const GONE = ['not_allocated', 'order_on_hold', 'order_incomplete'];

const onTheFloor = onAnOrder(async (arena, orderId, shop) => {
  const warehouse = arena.random.pick(shop.warehouses);
  const body = { warehouse, items: [{ line: 1, units: 1 }] };
  const params = { orderId };
  const what = arena.random.between(1, 10);
  if (what <= 3) await arena.expect('pickItems', { params, body }, GONE);
  else if (what <= 8) {
    await arena.expect('shipItems', { params, body: { ...body, reference: arena.fresh('tied') } }, GONE);
  } else if (what === 9) await arena.expect('shortPick', { params, body: { ...body, reason: 'gone' } }, GONE);
  else {
    const rejected = { warehouse, reason: 'no', lines: [1] };
    await arena.expect('rejectAllocation', { params, body: rejected }, GONE);
  }
});

/** Each act as often as it stands here. */
const ACTS: readonly Act[] = [
  ...Array<Act>(10).fill(place),
  ...Array<Act>(5).fill(receive),
  count,
  ...Array<Act>(3).fill(cancel),
  ...Array<Act>(3).fill(change),
  hold,
  lift,
  ...Array<Act>(4).fill(onTheFloor),
];

async function checkShipments({ arena, orders }: Tied, most: number): Promise<void> {
  for (const orderId of orders) {
    const { items } = await arena.must('getOrder', { params: { orderId } });
    const used = items.flatMap(({ allocations }) =>
      allocations.filter((each) => each.open + each.shipped > 0),
    );
    const opened = new Set(used.map(({ warehouse }) => warehouse)).size;
    arena.check(opened <= most, `order ${orderId} ships from ${opened} warehouses, not from ${most} at most`);
  }
}

/** @param limits of the rule that is in force meanwhile */
export async function tiedOrders(
  arena: Arena,
  limits: TyingLimits,
  { acts, atOnce }: { readonly acts: number; readonly atOnce: number },
): Promise<void> {
  const shop = await openTortureShop(arena, WAREHOUSES);
  const skus: string[] = [];
  for (let made = 0; made < PRODUCTS; made++) {
    skus.push(await putProduct(arena, { backorder: { allowed: true } }));
  }
  const rule = { code: 'tied', name: 'Tied', strategies: [{ kind: 'fewest_shipments' as const }], limits };
  const { version } = await arena.must('createRuleSet', { body: { rules: [rule] } });
  await arena.must('placeLiveRuleSet', { body: { version } });
  const tied: Tied = { arena, shop, skus, orders: [] };
  await inCrowd(acts, atOnce, () => arena.random.pick(ACTS)(tied));
  await arena.verify(`orders tied by ${JSON.stringify(limits)}`);
  if (limits.mostShipments != null) await checkShipments(tied, limits.mostShipments);
  await arena.must('placeLiveRuleSet', { body: { version: null } });
  await arena.settle();
}
