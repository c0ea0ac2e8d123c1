/** Walking queues case by case: pages read in pieces, and whole orders that stand in several queues. */
import { expect, it } from 'vitest';
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import { present } from '../kernel/assert.ts';
import { channelId, lineNumber, orderId, type ProductId, productId, warehouseId } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import { bucketChange } from '../orders/buckets.ts';
import type { OrderItem } from '../orders/order-item.ts';
import { openPage, serveQueue } from './serve-queue.ts';
import { Supply } from './world/supply.ts';
import { WaitingUses } from './world/waiting-uses.ts';
import { type World, worldWithoutRules } from './world/world.ts';

const [A, B, C] = [productId(1), productId(2), productId(3)];
const W1 = warehouseId(1);
const G = channelId(1);
const ALL = 500;

const warehouse: Warehouse = {
  id: W1,
  code: 'W1',
  kind: 'own',
  stock: 'managed',
  enabled: true,
  country: null,
  latitude: null,
  longitude: null,
  timeZone: 'UTC',
  handlingDays: 0,
  closedWeekdays: [],
  closedDates: [],
};
const channel: SalesChannel = {
  id: G,
  code: 'G',
  currency: 'EUR',
  timeZone: 'UTC',
  acceptance: 'strict',
  shipping: 'partial',
  whenIncomplete: 'hold',
  enabled: true,
  warehouses: [W1],
};

function worldWith(stock: readonly (readonly [ProductId, number])[]): World {
  return {
    ...worldWithoutRules(),
    now: instant(0),
    channels: new Map([[G, channel]]),
    warehouses: new Map([[W1, warehouse]]),
    policy: () => {
      throw new Error('who waits already is not judged by a policy');
    },
    supply: new Supply(stock.map(([product, units]) => ({ product, warehouse: W1, units }))),
    uses: new WaitingUses(),
  };
}

/** One order that waits for a unit of each product; orders rank by their number. */
function waiting(number: number, whole: boolean, products: readonly ProductId[]): OrderItem[] {
  return products.map((product, index) => ({
    order: orderId(number),
    line: lineNumber(index + 1),
    product,
    channel: G,
    customer: null,
    kind: 'backorder',
    whole,
    bought: false,
    priority: 0,
    waitingSince: instant(0),
    unitPrice: 0,
    rejectedBy: [],
    buckets: bucketChange({ backordered: 1 }),
    events: 1,
  }));
}

/** Fills one page as the worker does: queues are read `window` items at a time. Answers with order and product. */
function fillPage(
  orders: readonly OrderItem[][],
  stock: [ProductId, number][],
  { window, most = ALL }: { readonly window: number; readonly most?: number },
) {
  const world = worldWith(stock);
  const page = openPage(stock.map(([product]) => product));
  const unread = new Map(
    page.windows.map(({ product }) => [product, orders.flat().filter((item) => item.product === product)]),
  );
  const served: string[] = [];
  let dry = page.windows;
  for (let walks = 0; dry.length > 0 && served.length < most; walks++) {
    expect(walks).toBeLessThan(ALL);
    for (const each of dry) {
      const heads = present(unread.get(each.product), 'a queue').splice(0, window);
      each.items.push(...heads);
      each.exhausted = heads.length < window;
      for (const { whole, order } of heads) {
        if (whole) page.wholeOrders.set(order, present(orders[order - 1], 'an order'));
      }
    }
    const walk = serveQueue(page, most - served.length, world);
    served.push(...walk.served.map(({ item }) => `${item.order}:${'ABC'.charAt(item.product - 1)}`));
    dry = walk.dry;
  }
  return served;
}

it('an order served as a whole in one window is not served again when another window is refilled', () => {
  const orders = [waiting(1, true, [A, C]), waiting(2, true, [A, B])];
  const stock: [ProductId, number][] = [
    [A, 2],
    [B, 2],
    [C, 0],
  ];
  expect(fillPage(orders, stock, { window: 2 })).toEqual(['2:A', '2:B']);
  expect(fillPage(orders, stock, { window: 1 })).toEqual(['2:A', '2:B']);
});

it('an order passed over as a whole is not looked at again in the same page', () => {
  const orders = [waiting(1, true, [A, B, C]), waiting(2, false, [A]), waiting(3, false, [B])];
  const stock: [ProductId, number][] = [
    [A, 3],
    [B, 3],
    [C, 0],
  ];
  expect(fillPage(orders, stock, { window: 1 })).toEqual(['2:A', '3:B']);
});

it.each([1, 2, 3, 10])(
  'windows of %i items serve what one large window serves, in the same order',
  (window) => {
    const orders = [
      waiting(1, true, [A, B]),
      waiting(2, false, [B]),
      waiting(3, true, [B, C]),
      waiting(4, false, [A, C]),
      waiting(5, true, [A, B]),
    ];
    const stock: [ProductId, number][] = [
      [A, 3],
      [B, 3],
      [C, 1],
    ];
    expect(fillPage(orders, stock, { window })).toEqual(['1:A', '1:B', '2:B', '3:B', '3:C', '4:A']);
  },
);

it('a page that has served all it may stops before the next order, and a whole order is never cut', () => {
  const orders = [waiting(1, true, [A, B, C]), waiting(2, false, [A])];
  const stock: [ProductId, number][] = [
    [A, 5],
    [B, 5],
    [C, 5],
  ];
  expect(fillPage(orders, stock, { window: 1, most: 1 })).toEqual(['1:A', '1:B', '1:C']);
});
