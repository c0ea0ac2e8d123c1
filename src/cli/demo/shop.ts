/**
 * The shop of the demo: which warehouses and sales channels it has. Three countries, four ways to sell that differ in
 * what they accept and how they ship, four warehouses of its own and a supplier whose stock it may sell. Written by
 * hand, since a believable shop is a handful of decisions, not chance.
 */
import type { CallInput, Client } from '../../contract/call.ts';

type WarehouseBody = NonNullable<CallInput<'putWarehouse'>['body']>;
type ChannelBody = NonNullable<CallInput<'putSalesChannel'>['body']>;

export interface DemoWarehouse {
  readonly code: string;
  readonly body: WarehouseBody;
}

export interface DemoChannel {
  readonly code: string;
  readonly body: ChannelBody;
  /** Share of the orders. */
  readonly share: number;
  readonly countries: readonly string[];
  /** Businesses order more products, and more of each. */
  readonly business: boolean;
  /** Different customers who order there. */
  readonly customers: number;
}

const NETHERLANDS = 'Europe/Amsterdam';
const GERMANY = 'Europe/Berlin';
const BRITAIN = 'Europe/London';

type Place = Pick<WarehouseBody, 'country' | 'latitude' | 'longitude' | 'timeZone'>;

function own(name: string, place: Place): DemoWarehouse {
  return { code: name.toLowerCase(), body: { name, kind: 'own', ...place } };
}

export const WAREHOUSES: readonly DemoWarehouse[] = [
  own('Rotterdam', { country: 'NL', latitude: 51.92, longitude: 4.48, timeZone: NETHERLANDS }),
  own('Venlo', { country: 'NL', latitude: 51.37, longitude: 6.17, timeZone: NETHERLANDS }),
  own('Hamburg', { country: 'DE', latitude: 53.55, longitude: 9.99, timeZone: GERMANY }),
  own('Manchester', { country: 'GB', latitude: 53.48, longitude: -2.24, timeZone: BRITAIN }),
  {
    code: 'nordwind',
    body: {
      name: 'Nordwind Trading (ships directly)',
      kind: 'external',
      timeZone: GERMANY,
      country: 'DE',
      latitude: 54.32,
      longitude: 10.14,
    },
  },
];

export const CHANNELS: readonly DemoChannel[] = [
  {
    code: 'web-nl',
    share: 38,
    countries: ['NL', 'NL', 'NL', 'BE'],
    business: false,
    customers: 900,
    body: {
      name: 'Web shop Netherlands',
      currency: 'EUR',
      timeZone: NETHERLANDS,
      warehouses: ['rotterdam', 'venlo', 'hamburg', 'nordwind'],
    },
  },
  {
    code: 'web-de',
    share: 30,
    countries: ['DE', 'DE', 'DE', 'AT'],
    business: false,
    customers: 800,
    body: {
      name: 'Web shop Germany',
      currency: 'EUR',
      timeZone: GERMANY,
      warehouses: ['hamburg', 'venlo', 'rotterdam', 'nordwind'],
    },
  },
  {
    code: 'trade-uk',
    share: 8,
    countries: ['GB'],
    business: true,
    customers: 60,
    body: {
      name: 'Trade customers United Kingdom',
      currency: 'GBP',
      timeZone: BRITAIN,
      shipping: 'complete',
      whenIncomplete: 'hold',
      warehouses: ['manchester', 'rotterdam'],
    },
  },
  {
    code: 'market-de',
    share: 24,
    countries: ['DE'],
    business: false,
    customers: 1_500,
    body: {
      name: 'Marketplace Germany',
      currency: 'EUR',
      timeZone: GERMANY,
      acceptance: 'accept_always',
      warehouses: ['venlo', 'hamburg'],
    },
  },
];

/**
 * Makes the warehouses and channels that are missing; what is there already stays as its owner left it.
 * @returns how many of them were there
 */
export async function makeShop(
  client: Client,
  warehouses: readonly DemoWarehouse[],
  channels: readonly Pick<DemoChannel, 'code' | 'body'>[],
): Promise<number> {
  const [oldWarehouses, oldChannels] = await Promise.all([
    client.must('listWarehouses'),
    client.must('listSalesChannels'),
  ]);
  const there = new Set([
    ...oldWarehouses.rows.map(({ code }) => `warehouse ${code}`),
    ...oldChannels.rows.map(({ code }) => `channel ${code}`),
  ]);
  let found = 0;
  for (const { code, body } of warehouses) {
    if (there.has(`warehouse ${code}`)) found++;
    else await client.must('putWarehouse', { params: { warehouse: code }, body });
  }
  for (const { code, body } of channels) {
    if (there.has(`channel ${code}`)) found++;
    else await client.must('putSalesChannel', { params: { channel: code }, body });
  }
  return found;
}
