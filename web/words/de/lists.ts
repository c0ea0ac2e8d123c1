/** What en/lists.ts says, in German. */
import type { Words } from '../en/en.ts';
import { counted } from './grammar.ts';

export const ORDERS: Words['orders'] = {
  title: 'Bestellungen',
  empty: 'Keine Bestellung passt. Filter leeren, oder eine Bestellung aufgeben.',
  by: 'Gezeigt nach',
  placedSince: (day) => `Bestellt seit ${day}`,
  number: 'Nummer',
  channel: 'Kanal',
  customer: 'Kunde',
  placed: 'Bestellt',
  status: 'Status',
  quantities: 'Stück',
  sku: 'SKU',
  guest: 'Gast',
};

export const WAITING: Words['waiting'] = {
  title: 'Wartend',
  choose: 'Ein Produkt öffnen, um zu sehen, wer darauf wartet, der Reihe nach.',
  byProduct: 'Nach Produkt',
  byItem: 'Nach Position',
  kind: 'Art',
  anyKind: 'Jede Art',
  nobodyAtAll: 'Niemand wartet: alles Angenommene hat Bestand.',
  order: 'Bestellung',
  since: 'Wartet seit',
  ahead: 'Stück davor',
  units: 'Wartende Stücke',
  promised: 'Zugesagt',
  priority: 'Vorrang',
  nobody: 'Niemand wartet auf dieses Produkt.',
  unknown: 'nicht bekannt',
  bulk: 'Mit dem Gewählten',
  bulkChosen: (orders) => `${counted(orders, 'Bestellung', 'Bestellungen')} gewählt`,
  bulkDone: (orders) => `${counted(orders, 'Bestellung', 'Bestellungen')} geändert`,
  putFirst: 'Nach vorn in die Reihe',
  usual: 'Üblicher Vorrang',
  chooseNone: 'Keine wählen',
};
