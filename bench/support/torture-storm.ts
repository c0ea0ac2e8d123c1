/**
 * The arrival storm: orders, receipts, cancels, counts, transfers, holds, picks and shipments of one hot product at the
 * same time, while readers look on. Every figure read must agree with itself (L3, L16); a product that is only moved
 * between warehouses has the same total in every answer; at the end nobody waits beside stock (L11).
 */
import type { ProductView } from '../../src/contract/catalog.ts';
import type { Arena } from './arena.ts';
import { inCrowd } from './bounded.ts';
import { openTortureShop, putProduct, receive, type TortureShop } from './torture-shop.ts';

interface Storm {
  readonly arena: Arena;
  readonly shop: TortureShop;
  readonly hot: string;
  /** Never ordered, only moved. */
  readonly moved: string;
  readonly orders: number[];
}

type Act = (storm: Storm) => Promise<void>;

/** A tenth ships complete. */
const SHIPPING = [...Array<'partial'>(9).fill('partial'), 'complete'] as const;
const WHEN_INCOMPLETE = ['give_back', 'hold'] as const;

async function place({ arena, shop, hot, orders }: Storm): Promise<void> {
  const { random } = arena;
  const shipping = random.pick(SHIPPING);
  const whenIncomplete = random.pick(WHEN_INCOMPLETE);
  const items = Array.from({ length: random.between(1, 2) }, () => ({
    sku: hot,
    quantity: random.between(1, 4),
  }));
  const priority = random.chance(0.1) ? random.between(-5, 5) : 0;
  const body = {
    channel: shop.channel,
    number: arena.fresh('storm'),
    priority,
    shipping,
    whenIncomplete,
    items,
  };
  const placed = await arena.expect('placeOrder', { body }, ['order_refused']);
  if (placed !== undefined) orders.push(placed.id);
}

const document = ({ arena, shop }: Storm) => ({
  reference: arena.fresh('document'),
  warehouse: arena.random.pick(shop.warehouses),
});

const receipt: Act = async (storm) => {
  const lines = [{ sku: storm.hot, units: storm.arena.random.between(1, 8) }];
  await storm.arena.expect('receiveStock', { body: { ...document(storm), lines } }, []);
};

const count: Act = async (storm) => {
  const lines = [{ sku: storm.hot, counted: storm.arena.random.between(0, 20) }];
  await storm.arena.expect('countStock', { body: { ...document(storm), lines } }, ['below_picked']);
};

const damage: Act = async (storm) => {
  const lines = [{ sku: storm.hot, units: storm.arena.random.between(1, 3) }];
  const body = { ...document(storm), reason: 'broken', lines };
  await storm.arena.expect('damageStock', { body }, ['below_picked', 'too_many_units']);
};

const transfer: Act = async ({ arena, shop, hot, moved }) => {
  const [from = '', to = ''] = arena.random.shuffled(shop.warehouses);
  const sku = arena.random.chance(0.3) ? hot : moved;
  const body = {
    reference: arena.fresh('move'),
    from,
    to,
    lines: [{ sku, units: arena.random.between(1, 9) }],
  };
  await arena.expect('transferStock', { body }, ['insufficient_available']);
};

/** An act on an order placed before; none yet is no harm. */
function onAnOrder(act: (storm: Storm, orderId: number) => Promise<unknown>): Act {
  return async (storm) => {
    if (storm.orders.length > 0) await act(storm, storm.arena.random.pick(storm.orders));
  };
}

const cancel = onAnOrder(({ arena }, orderId) =>
  arena.expect('cancelOrder', { params: { orderId }, body: {} }, ['nothing_to_cancel']),
);
const change = onAnOrder(({ arena }, orderId) => {
  const body = { items: [{ line: 1, quantity: arena.random.between(0, 6) }] };
  const expected = ['quantity_below_committed', 'too_many_units', 'order_refused'];
  return arena.expect('changeOrder', { params: { orderId }, body }, expected);
});
const hold = onAnOrder(({ arena }, orderId) => {
  const body = { reason: 'payment', giveBack: arena.random.chance(0.5) };
  return arena.expect('holdOrder', { params: { orderId }, body }, ['order_on_hold']);
});
const lift = onAnOrder(({ arena }, orderId) =>
  arena.expect('liftHold', { params: { orderId } }, ['order_not_on_hold']),
);
const prioritize = onAnOrder(({ arena }, orderId) =>
  arena.expect(
    'prioritizeOrder',
    { params: { orderId }, body: { priority: arena.random.between(-9, 9) } },
    [],
  ),
);

/** Picks, ships, rejects or misses what the order has in one warehouse, as just read; it may be gone meanwhile. */
const onTheFloor = onAnOrder(async ({ arena }, orderId) => {
  const view = await arena.must('getOrder', { params: { orderId } });
  const found = view.items.flatMap(({ line, allocations }) =>
    allocations.filter((each) => each.open > 0).map((each) => ({ line, ...each })),
  )[0];
  if (found === undefined) return;
  const { warehouse, line } = found;
  const body = { warehouse, items: [{ line, units: arena.random.between(1, found.open) }] };
  const gone = ['not_allocated', 'order_on_hold', 'order_incomplete'];
  const params = { orderId };
  const what = arena.random.between(1, 10);
  if (what <= 4) await arena.expect('pickItems', { params, body }, gone);
  else if (what <= 8) {
    await arena.expect('shipItems', { params, body: { ...body, reference: arena.fresh('ship') } }, gone);
  } else if (what === 9)
    await arena.expect('shortPick', { params, body: { ...body, reason: 'not there' } }, gone);
  else
    await arena.expect(
      'rejectAllocation',
      { params, body: { warehouse, reason: 'no', lines: [line] } },
      gone,
    );
});

function checkFigures(arena: Arena, { sku, levels }: ProductView): void {
  for (const { onHand, allocated, available, warehouse } of levels) {
    const agrees = allocated >= 0 && allocated <= onHand && available === onHand - allocated;
    arena.check(agrees, `${sku} in ${warehouse}: ${JSON.stringify({ onHand, allocated, available })}`);
  }
}

const MOVED_UNITS = 300;

const look: Act = async ({ arena, hot, moved }) => {
  checkFigures(arena, await arena.must('getProduct', { params: { sku: hot } }));
  const { levels } = await arena.must('getProduct', { params: { sku: moved } });
  const total = levels.reduce((sum, level) => sum + level.onHand, 0);
  arena.check(total === MOVED_UNITS, `moved between warehouses: the total is ${total}, not ${MOVED_UNITS}`);
};

/** Each act as often as it stands here. */
const ACTS: readonly Act[] = [
  ...Array<Act>(10).fill(place),
  ...Array<Act>(4).fill(receipt),
  ...Array<Act>(2).fill(count),
  damage,
  ...Array<Act>(5).fill(transfer),
  ...Array<Act>(4).fill(cancel),
  ...Array<Act>(3).fill(change),
  hold,
  lift,
  prioritize,
  ...Array<Act>(5).fill(onTheFloor),
  ...Array<Act>(3).fill(look),
];

/** At rest nobody waits beside stock that could serve it; orders served as a whole may, so they are left out. */
async function nobodyWaitsBesideStock({ arena, hot }: Storm): Promise<void> {
  await arena.settle();
  const { levels } = await arena.must('getProduct', { params: { sku: hot } });
  const free = levels.reduce((sum, level) => sum + level.available, 0);
  const { rows } = await arena.must('listWaiting', { query: { sku: hot, limit: 200 } });
  for (const row of free > 0 ? rows : []) {
    const order = await arena.must('getOrder', { params: { orderId: row.orderId } });
    const whole = order.shipping === 'complete' && order.whenIncomplete === 'give_back';
    const rejected = order.items.some((item) => item.allocations.some((each) => each.rejected));
    arena.check(whole || rejected, `order ${row.orderId} waits beside ${free} free units`);
  }
}

/** More than everybody together can want. */
const PLENTY = 100_000;

/** With plenty in every warehouse nobody waits any more, save what every warehouse rejected. */
async function plentyServesAll({ arena, shop, hot }: Storm): Promise<void> {
  for (const warehouse of shop.warehouses) await receive(arena, warehouse, { [hot]: PLENTY });
  await arena.settle();
  const { rows } = await arena.must('listWaiting', { query: { sku: hot, limit: 200 } });
  for (const { orderId } of rows) {
    const { items } = await arena.must('getOrder', { params: { orderId } });
    const rejections = items.map((item) => item.allocations.filter((each) => each.rejected).length);
    const everywhere = rejections.some((count) => count === shop.warehouses.length);
    arena.check(everywhere, `order ${orderId} waits although there is plenty`);
  }
}

export async function arrivalStorm(arena: Arena, count: number, atOnce: number): Promise<void> {
  const shop = await openTortureShop(arena, 3);
  const hot = await putProduct(arena, { backorder: { allowed: true, limits: { perProduct: 500 } } });
  const moved = await putProduct(arena, {});
  for (const warehouse of shop.warehouses)
    await receive(arena, warehouse, { [moved]: MOVED_UNITS / 3, [hot]: 5 });
  const storm: Storm = { arena, shop, hot, moved, orders: [] };
  await inCrowd(count, atOnce, () => arena.random.pick(ACTS)(storm));
  await nobodyWaitsBesideStock(storm);
  await plentyServesAll(storm);
  await arena.verify('arrival storm');
}
