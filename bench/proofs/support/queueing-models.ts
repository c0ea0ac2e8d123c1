/**
 * Inventory models whose fill rate and mean backorders are known exactly, as lists of what happens to a product: units that
 * are ordered and units that arrive, at times in days. When replenishments arrive follows from the model alone, since
 * customers are served first come, first served.
 */
import type { Random } from '../../support/seeded-random.ts';

export interface Happening {
  readonly at: number;
  readonly kind: 'order' | 'receipt';
  readonly units: number;
}

/** One product of a model, from its opening stock on. */
export interface ModelProduct {
  readonly name: string;
  readonly happenings: readonly Happening[];
}

export interface QueueingModel {
  readonly name: string;
  /** Of one replication; their names say which figures they are compared with. */
  products(random: Random, horizon: number): ModelProduct[];
}

function exponential(random: Random, rate: number): number {
  return -Math.log(1 - random.next()) / rate;
}

/** Times of a Poisson process up to the horizon. */
function arrivals(
  random: Random,
  { rate, horizon }: { readonly rate: number; readonly horizon: number },
): number[] {
  const times: number[] = [];
  for (let at = exponential(random, rate); at < horizon; at += exponential(random, rate)) times.push(at);
  return times;
}

const order = (at: number, units = 1): Happening => ({ at, kind: 'order', units });
const receipt = (at: number, units = 1): Happening => ({ at, kind: 'receipt', units });

function product(name: string, stock: number, happenings: readonly Happening[]): ModelProduct {
  const sorted = [...happenings].sort((a, b) => a.at - b.at);
  return { name, happenings: stock === 0 ? sorted : [receipt(0, stock), ...sorted] };
}

/** Each unit that is ordered is ordered again, and arrives after a fixed time. */
function baseStock(
  name: string,
  {
    rate,
    lead,
    stock,
    batch,
  }: { rate: number; lead: number; stock: number; batch: (random: Random) => number },
): QueueingModel {
  return {
    name,
    products(random, horizon) {
      const orders = arrivals(random, { rate, horizon }).map((at) => order(at, batch(random)));
      return [
        product(
          name,
          stock,
          orders.flatMap((each) => [each, receipt(each.at + lead, each.units)]),
        ),
      ];
    },
  };
}

const one = () => 1;

/** 1, 2, 3 … with the probability p of ending at each. */
function geometric(p: number): (random: Random) => number {
  return (random) => {
    let units = 1;
    while (!random.chance(p)) units += 1;
    return units;
  };
}

/** Q units are ordered whenever stock, on its way and waiting together are down to r. */
function reorderPoint(
  name: string,
  { rate, lead, r, q }: { rate: number; lead: number; r: number; q: number },
): QueueingModel {
  return {
    name,
    products(random, horizon) {
      let position = r + q;
      const happenings = arrivals(random, { rate, horizon }).flatMap((at) => {
        position -= 1;
        if (position > r) return [order(at)];
        position += q;
        return [order(at), receipt(at + lead, q)];
      });
      return [product(name, r + q, happenings)];
    },
  };
}

/** Units are made one after the other, each in a random time, as they are ordered. */
function madeToStock(
  name: string,
  { rate, making, stock }: { rate: number; making: number; stock: number },
): QueueingModel {
  return {
    name,
    products(random, horizon) {
      let free = 0;
      const happenings = arrivals(random, { rate, horizon }).flatMap((at) => {
        free = Math.max(free, at) + exponential(random, making);
        return [order(at), receipt(free)];
      });
      return [product(name, stock, happenings)];
    },
  };
}

/** What was ordered since the last look is ordered again at the next one. */
function periodicReview(
  name: string,
  { rate, lead, every, stock }: { rate: number; lead: number; every: number; stock: number },
): QueueingModel {
  return {
    name,
    products(random, horizon) {
      // the first look is anywhere in a period, so that replications are not in step
      const first = random.next() * every;
      const times = arrivals(random, { rate, horizon });
      const receipts: Happening[] = [];
      let looked = 0;
      for (let look = first; look < horizon; look += every) {
        const ordered = times.filter((at) => at > looked && at <= look).length;
        if (ordered > 0) receipts.push(receipt(look + lead, ordered));
        looked = look;
      }
      return [product(name, stock, [...times.map((at) => order(at)), ...receipts])];
    },
  };
}

/** Retailers order each unit again at a depot, which serves them in turn and orders each unit again itself. */
function twoEchelons(
  name: string,
  given: {
    rate: number;
    depotLead: number;
    depotStock: number;
    lead: number;
    stock: number;
    retailers: number;
  },
): QueueingModel {
  const { rate, depotLead, depotStock, lead, stock, retailers } = given;
  return {
    name,
    products(random, horizon) {
      const demands = Array.from({ length: retailers }, (_, retailer) =>
        arrivals(random, { rate, horizon }).map((at) => ({ at, retailer })),
      )
        .flat()
        .sort((a, b) => a.at - b.at);
      // the k-th demand gets the k-th unit: one of the opening stock, or the one that was ordered for the demand before those
      const servedAt = demands.map(({ at }, index) =>
        Math.max(at, (demands[index - depotStock]?.at ?? Number.NEGATIVE_INFINITY) + depotLead),
      );
      const depot = product(
        `${name}_depot`,
        depotStock,
        demands.flatMap(({ at }) => [order(at), receipt(at + depotLead)]),
      );
      const shops = Array.from({ length: retailers }, (_, retailer) =>
        product(
          `${name}_${retailer}`,
          stock,
          demands.flatMap((demand, index) =>
            demand.retailer === retailer ? [order(demand.at), receipt((servedAt[index] ?? 0) + lead)] : [],
          ),
        ),
      );
      return [depot, ...shops];
    },
  };
}

/** An example as the file of exact answers has it. */
export type Exact = Readonly<Record<string, number | readonly number[] | string>>;

const number = (exact: Exact, name: string) => Number(exact[name]);

export interface Answer {
  readonly product: string;
  readonly fillRate?: number;
  readonly orderFillRate?: number;
  readonly backorders?: number;
}

/** The model of an example and what its products have to come to; undefined for a model that is not known here. */
export function modelOf(
  exact: Exact,
): { readonly model: QueueingModel; readonly answers: readonly Answer[] } | undefined {
  const name = String(exact['model']);
  const [rate, lead] = [number(exact, 'lam'), number(exact, 'L')];
  const usual = [
    { product: name, fillRate: number(exact, 'fill_rate'), backorders: number(exact, 'E_backorders') },
  ];
  const stock = number(exact, 'S');
  switch (name) {
    case 'poisson_base_stock_fixed_L':
      return { model: baseStock(name, { rate, lead, stock, batch: one }), answers: usual };
    case 'poisson_rQ_fixed_L':
      return {
        model: reorderPoint(name, { rate, lead, r: number(exact, 'r'), q: number(exact, 'Q') }),
        answers: usual,
      };
    case 'mm1_make_to_stock':
      return { model: madeToStock(name, { rate, making: number(exact, 'mu'), stock }), answers: usual };
    case 'compound_poisson_geometric_base_stock':
      return {
        model: baseStock(name, {
          rate: number(exact, 'lam_orders'),
          lead,
          stock,
          batch: geometric(number(exact, 'p')),
        }),
        answers: [
          {
            product: name,
            fillRate: number(exact, 'unit_fill_rate'),
            orderFillRate: number(exact, 'order_fill_rate'),
            backorders: number(exact, 'E_backorders'),
          },
        ],
      };
    case 'poisson_periodic_RS':
      return {
        model: periodicReview(name, { rate, lead, every: number(exact, 'R'), stock }),
        answers: usual,
      };
    case 'two_echelon_S-1_S_exact':
      return echelonsOf(name, exact);
    default:
      return undefined;
  }
}

function echelonsOf(name: string, exact: Exact) {
  const list = (member: string) => exact[member] as readonly number[];
  const model = twoEchelons(name, {
    rate: list('lams')[0] ?? 0,
    depotLead: number(exact, 'L0'),
    depotStock: number(exact, 'S0'),
    lead: list('L')[0] ?? 0,
    stock: list('S')[0] ?? 0,
    retailers: list('lams').length,
  });
  const shops = list('fill_rates').map((fillRate, index) => {
    const backorders = list('E_backorders')[index];
    return { product: `${name}_${index}`, fillRate, ...(backorders !== undefined && { backorders }) };
  });
  return {
    model,
    answers: [{ product: `${name}_depot`, backorders: number(exact, 'depot_E_backorders') }, ...shops],
  };
}
