/**
 * Four weeks of the demo shop, written down before anything is sent: who orders what and when, what the warehouses
 * open with, what comes in on which day. All of it follows from the seed and the day of the run. Supply is sized from
 * the demand of these orders, so that some products run short, some are late and a few are never short.
 */
import type { CallInput } from '../../contract/call.ts';
import type { DemoProduct } from './assortment.ts';
import { destinationIn } from './destinations.ts';
import { type Chance, type Weights, weightsOf } from './random.ts';
import { CHANNELS, type DemoChannel } from './shop.ts';

export type OrderBody = NonNullable<CallInput<'placeOrder'>['body']>;

export interface Delivery {
  readonly warehouse: string;
  readonly lines: readonly { readonly sku: string; readonly units: number }[];
}

export interface PlannedDay {
  /** Orders in the order of their moments, numbered without the prefix of the run. */
  readonly orders: readonly OrderBody[];
  readonly deliveries: readonly Delivery[];
  /** When the deliveries of the day and the acts on its orders count as done. */
  readonly closesAt: number;
}

export interface ShopPlan {
  readonly opening: readonly Delivery[];
  readonly days: readonly PlannedDay[];
}

const DAYS = 28;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const OPENS_AT_HOUR = 7;
const CLOSES_AT_HOUR = 18;
/** The products that a third of the orders ask for. */
const POPULAR = 12;
const POPULAR_SHARE = 1 / 3;
const SAME_SKU_TWICE = 0.01;
const ON_HOLD = 0.012;
const GUESTS = 0.15;

interface Demand {
  readonly products: readonly DemoProduct[];
  readonly popularity: Weights;
  readonly channels: Weights;
}

/** Few sell much, most sell now and then: the n-th product sells in proportion to 1/(n+20). */
function popularityOf(products: readonly DemoProduct[]): Weights {
  return weightsOf(products.map((_, index) => 1 / (index + 20)));
}

function shuffled(products: readonly DemoProduct[], chance: Chance): DemoProduct[] {
  const keyed = products.map((product) => ({ product, key: chance.fraction() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ product }) => product);
}

function quantityOf(channel: DemoChannel, chance: Chance): number {
  if (channel.business) return chance.whole(2, 10);
  const draw = chance.fraction();
  if (draw < 0.7) return 1;
  return draw < 0.92 ? 2 : chance.whole(3, 5);
}

function itemsOf(demand: Demand, channel: DemoChannel, chance: Chance): OrderBody['items'] {
  const { products, popularity } = demand;
  const count = channel.business ? chance.whole(2, 6) : chance.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
  const chosen = new Set<DemoProduct>();
  if (chance.happens(POPULAR_SHARE)) chosen.add(chance.pick(products.slice(0, POPULAR)));
  while (chosen.size < count) chosen.add(products[chance.weighted(popularity)] ?? chance.pick(products));
  const items = [...chosen].map(({ sku, price }) => ({
    sku,
    quantity: quantityOf(channel, chance),
    unitPrice: price,
  }));
  const [first] = items;
  return first !== undefined && chance.happens(SAME_SKU_TWICE)
    ? [...items, { ...first, quantity: 1 }]
    : items;
}

function orderOf(
  demand: Demand,
  { number, placedAt }: { readonly number: number; readonly placedAt: number },
  chance: Chance,
): OrderBody {
  const channel = CHANNELS[chance.weighted(demand.channels)] ?? chance.pick(CHANNELS);
  const guest = !channel.business && chance.happens(GUESTS);
  return {
    channel: channel.code,
    number: String(number).padStart(6, '0'),
    customer: guest ? null : `${channel.code}-customer-${chance.whole(1, channel.customers)}`,
    placedAt: new Date(placedAt).toISOString(),
    hold: chance.happens(ON_HOLD) ? chance.pick(['payment is checked', 'address is checked']) : null,
    customerGroup: channel.business ? 'trade' : null,
    shipTo: destinationIn(chance.pick(channel.countries), chance),
    items: itemsOf(demand, channel, chance),
  };
}

/** Moments of a day's orders, earliest first. */
function momentsOf(start: number, count: number, chance: Chance): number[] {
  const first = start + OPENS_AT_HOUR * HOUR_MS;
  const length = (CLOSES_AT_HOUR - OPENS_AT_HOUR) * HOUR_MS;
  const moments = Array.from({ length: count }, () => Math.floor(first + chance.fraction() * length));
  return moments.sort((a, b) => a - b);
}

function unitsBySku(orders: readonly OrderBody[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of orders.flatMap((order) => order.items)) {
    units.set(sku, (units.get(sku) ?? 0) + quantity);
  }
  return units;
}

/** Share of four weeks' demand that is there on the first day. */
function openingShare({ selling }: DemoProduct, chance: Chance): number {
  switch (selling) {
    case 'sold_out':
    case 'before_release':
      return 0;
    case 'strict':
      return 0.75 + 0.5 * chance.fraction();
    case 'stocked':
      return 0.35 + 0.9 * chance.fraction();
  }
}

/** How a product's units are divided: who ships most keeps most. Nordwind has only some of the products. */
function divide(units: number, chance: Chance): [string, number][] {
  const supplier = chance.happens(0.25) ? Math.floor(units * 0.15) : 0;
  const parts: [string, number][] = [
    ['nordwind', supplier],
    ['hamburg', Math.floor(units * 0.3)],
    ['manchester', Math.floor(units * 0.18)],
    ['venlo', Math.floor(units * 0.12)],
  ];
  const given = parts.reduce((sum, [, part]) => sum + part, 0);
  return [['rotterdam', units - given], ...parts];
}

function deliveriesOf(units: ReadonlyMap<string, number>, chance: Chance): Delivery[] {
  const lines = new Map<string, { sku: string; units: number }[]>();
  for (const [sku, total] of units) {
    for (const [warehouse, part] of divide(total, chance)) {
      if (part <= 0) continue;
      const known = lines.get(warehouse);
      if (known === undefined) lines.set(warehouse, [{ sku, units: part }]);
      else known.push({ sku, units: part });
    }
  }
  return [...lines].map(([warehouse, rows]) => ({ warehouse, lines: rows }));
}

/** A product comes in every few days, somewhat less than was asked for since, and sometimes not at all. */
function comingIn(
  products: readonly DemoProduct[],
  orders: readonly (readonly OrderBody[])[],
  chance: Chance,
) {
  const days: Map<string, number>[] = orders.map(() => new Map());
  const daily = orders.map(unitsBySku);
  for (const { sku, selling } of products) {
    if (selling === 'strict') continue;
    const every = selling === 'before_release' ? chance.whole(16, 24) : chance.whole(3, 8);
    let asked = 0;
    for (const [day, units] of daily.entries()) {
      asked += units.get(sku) ?? 0;
      if (day % every !== every - 1 || chance.happens(0.15)) continue;
      const share = selling === 'stocked' ? 0.3 + 0.6 * chance.fraction() : 0.6 + 0.5 * chance.fraction();
      const part = Math.round(asked * (selling === 'before_release' ? 0.3 : share));
      if (part > 0) days[day]?.set(sku, part);
      asked = 0;
    }
  }
  return days;
}

/** @param now the instant of the run: the four weeks end the day before */
export function planShop(
  products: readonly DemoProduct[],
  count: number,
  when: { readonly chance: Chance; readonly now: number },
): ShopPlan {
  const [who, what] = [when.chance.split('orders'), when.chance.split('supply')];
  const ranked = shuffled(products, who);
  const demand: Demand = {
    products: ranked,
    popularity: popularityOf(ranked),
    channels: weightsOf(CHANNELS.map(({ share }) => share)),
  };
  const firstDay = Math.floor(when.now / DAY_MS) * DAY_MS - DAYS * DAY_MS;
  const starts = Array.from({ length: DAYS }, (_, day) => firstDay + day * DAY_MS);
  let number = 0;
  const orders = starts.map((start, day) => {
    const ofDay = Math.floor((count * (day + 1)) / DAYS) - Math.floor((count * day) / DAYS);
    return momentsOf(start, ofDay, who).map((placedAt) =>
      orderOf(demand, { number: ++number, placedAt }, who),
    );
  });
  const total = unitsBySku(orders.flat());
  const opening = new Map(
    products.map((product) => {
      const share = openingShare(product, what);
      return [product.sku, Math.round((total.get(product.sku) ?? 0) * share)];
    }),
  );
  const incoming = comingIn(products, orders, what);
  return {
    opening: deliveriesOf(opening, what),
    days: orders.map((ofDay, day) => ({
      orders: ofDay,
      deliveries: deliveriesOf(incoming[day] ?? new Map(), what),
      closesAt: (starts[day] ?? firstDay) + CLOSES_AT_HOUR * HOUR_MS,
    })),
  };
}
