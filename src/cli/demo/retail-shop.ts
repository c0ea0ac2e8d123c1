/**
 * The shop behind an Online Retail file: the country of an invoice decides its sales channel. The United Kingdom, where
 * nine of ten lines come from, and the four continental or Irish markets next in size have their own channel; every
 * other country, also one nobody has heard of, shares one. Two warehouses serve all of them, the nearer one first.
 */
import type { DemoChannel, DemoWarehouse } from './shop.ts';

export const RETAIL_WAREHOUSES: readonly (DemoWarehouse & { readonly share: number })[] = [
  {
    code: 'stevenage',
    share: 0.7,
    body: {
      name: 'Stevenage',
      kind: 'own',
      timeZone: 'Europe/London',
      country: 'GB',
      latitude: 51.9,
      longitude: -0.2,
    },
  },
  {
    code: 'tilburg',
    share: 0.3,
    body: {
      name: 'Tilburg',
      kind: 'own',
      timeZone: 'Europe/Amsterdam',
      country: 'NL',
      latitude: 51.56,
      longitude: 5.09,
    },
  },
];

const ISLAND = ['stevenage', 'tilburg'];
const MAINLAND = ['tilburg', 'stevenage'];
const EVERYWHERE_ELSE = 'retail-other';

/** Country as the file writes it, and where it is sold. */
const MARKETS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['United Kingdom', 'retail-uk', 'Europe/London', ISLAND],
  ['Germany', 'retail-de', 'Europe/Berlin', MAINLAND],
  ['France', 'retail-fr', 'Europe/Paris', MAINLAND],
  ['EIRE', 'retail-ie', 'Europe/Dublin', ISLAND],
  ['Netherlands', 'retail-nl', 'Europe/Amsterdam', MAINLAND],
  ['Other countries', EVERYWHERE_ELSE, 'UTC', MAINLAND],
];

export const RETAIL_CHANNELS: readonly Pick<DemoChannel, 'code' | 'body'>[] = MARKETS.map(
  ([country, code, timeZone, warehouses]) => ({
    code,
    body: { name: `Online Retail, ${country}`, currency: 'GBP', timeZone, warehouses: [...warehouses] },
  }),
);

const channels = new Map(MARKETS.map(([country, code]) => [country, code]));

export function channelOfCountry(country: string): string {
  return channels.get(country) ?? EVERYWHERE_ELSE;
}
