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
  /** With its parameters: one model may be there with several. */
  readonly name: string;
  /** Days until it has forgotten how it began. */
  readonly warmUp: number;
  /** Of one replication; their names say which figures they are compared with. */
  products(random: Random, horizon: number): ModelProduct[];
}

/** Where units arrive after a fixed time, however many are on their way, what is older than that time is forgotten. */
const LEAST_WARM_UP = 40;
/**
 * Units that are made one after the other forget within 1 / (rate of making × (1 − √load)²), which grows as
 * 4 / (1 − load)²: this is five times as long, or more.
 */
const WARM_UP_OF_QUEUE = 20;

function warmUpOf(...days: readonly number[]): number {
  return Math.ceil(Math.max(LEAST_WARM_UP, ...days));
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
    warmUp: warmUpOf(2 * lead),
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
    // where in its cycle of q units it is takes as long to forget as some q² orders take
    warmUp: warmUpOf(2 * lead, (q * q) / rate / 2),
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
  const load = rate / making;
  return {
    name,
    warmUp: warmUpOf(WARM_UP_OF_QUEUE / making / (1 - load) ** 2),
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
    warmUp: warmUpOf(2 * (lead + every)),
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

interface Shop {
  readonly rate: number;
  readonly lead: number;
  readonly stock: number;
}

/** Shops order each unit again at a depot, which serves them in turn and orders each unit again itself. */
function twoEchelons(
  name: string,
  {
    depotLead,
    depotStock,
    shops,
  }: { readonly depotLead: number; readonly depotStock: number; readonly shops: readonly Shop[] },
): QueueingModel {
  return {
    name,
    warmUp: warmUpOf(2 * (depotLead + Math.max(...shops.map(({ lead }) => lead)))),
    products(random, horizon) {
      const demands = shops
        .flatMap(({ rate }, shop) => arrivals(random, { rate, horizon }).map((at) => ({ at, shop })))
        .sort((a, b) => a.at - b.at);
      // the k-th demand gets the k-th unit: one of the opening stock, or the one that was ordered for the demand before those
      const servedAt = demands.map(({ at }, index) =>
        Math.max(at, (demands[index - depotStock]?.at ?? Number.NEGATIVE_INFINITY) + depotLead),
      );
      const depot = product(
        `${name} depot`,
        depotStock,
        demands.flatMap(({ at }) => [order(at), receipt(at + depotLead)]),
      );
      const served = shops.map(({ lead, stock }, shop) =>
        product(
          `${name} shop ${shop + 1}`,
          stock,
          demands.flatMap((demand, index) =>
            demand.shop === shop ? [order(demand.at), receipt((servedAt[index] ?? 0) + lead)] : [],
          ),
        ),
      );
      return [depot, ...served];
    },
  };
}

/** An example as the file of exact answers has it. */
export type Exact = Readonly<Record<string, number | readonly number[] | string>>;

function number(exact: Exact, name: string): number {
  const value = exact[name];
  if (typeof value !== 'number') throw new Error(`${String(exact['model'])} has no number ${name}`);
  return value;
}

function numbers(exact: Exact, name: string): readonly number[] {
  const value = exact[name];
  if (!Array.isArray(value)) throw new Error(`${String(exact['model'])} has no list ${name}`);
  return value.map(Number);
}

/** The model with the parameters that tell its cases apart. */
function nameOf(exact: Exact, parameters: readonly string[]): string {
  const said = parameters.map((parameter) => `${parameter} ${String(exact[parameter])}`);
  return `${String(exact['model'])} (${said.join(', ')})`;
}

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
  const of = (member: string) => number(exact, member);
  const usual = (model: QueueingModel) => ({
    model,
    answers: [{ product: model.name, fillRate: of('fill_rate'), backorders: of('E_backorders') }],
  });
  switch (exact['model']) {
    case 'poisson_base_stock_fixed_L': {
      const name = nameOf(exact, ['lam', 'L', 'S']);
      return usual(baseStock(name, { rate: of('lam'), lead: of('L'), stock: of('S'), batch: one }));
    }
    case 'poisson_rQ_fixed_L': {
      const name = nameOf(exact, ['lam', 'L', 'r', 'Q']);
      return usual(reorderPoint(name, { rate: of('lam'), lead: of('L'), r: of('r'), q: of('Q') }));
    }
    case 'mm1_make_to_stock': {
      const name = nameOf(exact, ['lam', 'mu', 'S']);
      return usual(madeToStock(name, { rate: of('lam'), making: of('mu'), stock: of('S') }));
    }
    case 'compound_poisson_geometric_base_stock':
      return compoundOf(exact);
    case 'poisson_periodic_RS': {
      const name = nameOf(exact, ['lam', 'L', 'R', 'S']);
      return usual(periodicReview(name, { rate: of('lam'), lead: of('L'), every: of('R'), stock: of('S') }));
    }
    case 'two_echelon_S-1_S_exact':
      return echelonsOf(exact);
    default:
      return undefined;
  }
}

function compoundOf(exact: Exact) {
  const name = nameOf(exact, ['lam_orders', 'p', 'L', 'S']);
  const of = (member: string) => number(exact, member);
  const batch = geometric(of('p'));
  return {
    model: baseStock(name, { rate: of('lam_orders'), lead: of('L'), stock: of('S'), batch }),
    answers: [
      {
        product: name,
        fillRate: of('unit_fill_rate'),
        orderFillRate: of('order_fill_rate'),
        backorders: of('E_backorders'),
      },
    ],
  };
}

function echelonsOf(exact: Exact) {
  const name = nameOf(exact, ['lams', 'L0', 'S0', 'L', 'S']);
  const [leads, stocks] = [numbers(exact, 'L'), numbers(exact, 'S')];
  const shops = numbers(exact, 'lams').map((rate, index) => {
    const [lead, stock] = [leads[index], stocks[index]];
    if (lead === undefined || stock === undefined) throw new Error(`${name} does not say all of each shop`);
    return { rate, lead, stock };
  });
  const fillRates = numbers(exact, 'fill_rates');
  const backorders = numbers(exact, 'E_backorders');
  const answers = shops.map((_, index): Answer => {
    const [fillRate, waiting] = [fillRates[index], backorders[index]];
    return {
      product: `${name} shop ${index + 1}`,
      ...(fillRate !== undefined && { fillRate }),
      ...(waiting !== undefined && { backorders: waiting }),
    };
  });
  return {
    model: twoEchelons(name, { depotLead: number(exact, 'L0'), depotStock: number(exact, 'S0'), shops }),
    answers: [{ product: `${name} depot`, backorders: number(exact, 'depot_E_backorders') }, ...answers],
  };
}
