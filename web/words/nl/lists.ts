/** What en/lists.ts says, in Dutch. */
import type { Words } from '../en/en.ts';
import { counted } from './grammar.ts';

export const ORDERS: Words['orders'] = {
  title: 'Bestellingen',
  empty: 'Geen bestelling past. Maak de filters leeg, of plaats een bestelling.',
  by: 'Getoond per',
  placedSince: (day) => `Besteld sinds ${day}`,
  number: 'Nummer',
  channel: 'Kanaal',
  customer: 'Klant',
  placed: 'Besteld',
  status: 'Status',
  quantities: 'Stuks',
  sku: 'SKU',
  guest: 'Gast',
};

export const WAITING: Words['waiting'] = {
  title: 'Wachtend',
  choose: 'Open een product om te zien wie erop wacht, de eerste in de rij eerst.',
  byProduct: 'Per product',
  byItem: 'Per regel',
  kind: 'Soort',
  anyKind: 'Elke soort',
  nobodyAtAll: 'Niemand wacht: alles wat is aangenomen heeft voorraad.',
  order: 'Bestelling',
  since: 'Wacht sinds',
  ahead: 'Stuks ervoor',
  units: 'Wachtende stuks',
  promised: 'Toegezegd',
  priority: 'Voorrang',
  nobody: 'Niemand wacht op dit product.',
  unknown: 'niet bekend',
  bulk: 'Met wat is gekozen',
  bulkChosen: (orders) => `${counted(orders, 'bestelling', 'bestellingen')} gekozen`,
  bulkDone: (orders) => `${counted(orders, 'bestelling', 'bestellingen')} gewijzigd`,
  putFirst: 'Vooraan in de rij',
  usual: 'Gewone voorrang',
  chooseNone: 'Geen kiezen',
};
