/** Where the customers of the demo live: towns with their coordinates (GeoNames, CC BY 4.0), by country. */
import type { Chance } from './random.ts';

interface Town {
  readonly postcode: string;
  readonly latitude: number;
  readonly longitude: number;
}

const TOWNS: Readonly<Record<string, readonly Town[]>> = {
  NL: [
    { postcode: '1012', latitude: 52.374, longitude: 4.8897 },
    { postcode: '3511', latitude: 52.0908, longitude: 5.1222 },
    { postcode: '5611', latitude: 51.4408, longitude: 5.4778 },
    { postcode: '9711', latitude: 53.2192, longitude: 6.5667 },
  ],
  BE: [
    { postcode: '2000', latitude: 51.2199, longitude: 4.4035 },
    { postcode: '9000', latitude: 51.05, longitude: 3.7167 },
  ],
  DE: [
    { postcode: '10115', latitude: 52.5244, longitude: 13.4105 },
    { postcode: '20095', latitude: 53.5507, longitude: 9.993 },
    { postcode: '50667', latitude: 50.9333, longitude: 6.95 },
    { postcode: '80331', latitude: 48.1374, longitude: 11.5755 },
  ],
  AT: [{ postcode: '1010', latitude: 48.2085, longitude: 16.3721 }],
  GB: [
    { postcode: 'SW1A', latitude: 51.5085, longitude: -0.1257 },
    { postcode: 'LS1', latitude: 53.7965, longitude: -1.5479 },
    { postcode: 'G1', latitude: 55.8651, longitude: -4.2576 },
  ],
};

/** A town of the country to ship to; without coordinates where none is known. */
export function destinationIn(country: string, chance: Chance): { readonly country: string } & Partial<Town> {
  const towns = TOWNS[country] ?? [];
  return towns.length === 0 ? { country } : { country, ...chance.pick(towns) };
}
