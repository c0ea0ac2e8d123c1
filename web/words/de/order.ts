/** What en/order.ts says, in German. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const ORDER: Words['order'] = {
  order: (number) => `Bestellung ${number}`,
  of: (customer, channel) => `${customer}, ${channel}`,
  items: 'Positionen',
  line: 'Zeile',
  promise: 'Zusage',
  from: 'Aus',
  why: 'Warum',
  explain: (line) => `Warum Zeile ${line} so steht`,
  events: 'Was geschah',
  hold: 'Anhalten',
  lift: 'Freigeben',
  giveBack: 'Auch zurückgeben, was sie hat',
  holdEffect: (allocated, isGivenBack) =>
    `Bis zur Freigabe wird nichts versandt und nichts mehr zugeteilt. ${
      isGivenBack
        ? `${counted(allocated, 'zugeteiltes Stück geht', 'zugeteilte Stücke gehen')} an Wartende.`
        : `Sie behält ${counted(allocated, 'zugeteiltes Stück', 'zugeteilte Stücke')}.`
    }`,
  cancel: 'Stornieren, was noch geht',
  cancelTitle: 'Bestellung stornieren?',
  cancelEffect: (units, free) =>
    `${counted(units, 'Stück wird', 'Stück werden')} storniert; ${free.figure} davon ${plural(free, 'hat', 'haben')} Bestand, der an Wartende geht.`,
  keep: 'Bestellung behalten',
  held: 'Die Bestellung ist angehalten und bekommt nichts, bis sie freigegeben wird.',
  heldBecause: (reason) => `Angehalten: ${reason}`,
  done: {
    changed: 'Geändert',
    shipped: 'Versandt',
    rejected: 'Zurückgenommen; andere Lager werden gefragt',
    held: 'Angehalten',
    lifted: 'Freigegeben',
    cancelled: 'Storniert',
    priority: 'Vorrang ist gesetzt',
  },
  priority: 'Vorrang',
  priorityHelp: 'Höher kommt zuerst; 0 ist üblich',
  priorityEffect: 'Ihre wartenden Positionen rücken in den Reihen; niemand verliert, was er hat.',
  set: 'Setzen',
  notKnown: 'Nicht bekannt: nichts bestellt',
  noPromise: 'Nichts wartet',
  sure: (percent) => `${percent} % sicher`,
  first: (day) => `zuerst zugesagt ${day}`,
  sources: {
    stock: 'aus Bestand',
    purchase_order: 'aus Lieferantenbestellung',
    release: 'zur Veröffentlichung',
    lead_time: 'nach Lieferzeit',
    unknown: 'nicht bekannt',
  },
  close: 'Schließen',
  shipments: 'Sendungen',
  change: 'Mengen ändern',
  now: 'Jetzt',
  wanted: 'Gewünscht',
  wantedOf: (line) => `Gewünscht in Zeile ${line}`,
  changeEffect: (freed, more) => `Gibt ${freed.figure} Stück für Wartende frei; fragt ${more} mehr an.`,
  ship: 'Versenden',
  shipEffect: (units, items, warehouse) =>
    `${units.figure} Stück von ${counted(items, 'Position', 'Positionen')} ${plural(units, 'verlässt', 'verlassen')} ${warehouse} und seine Bücher.`,
  reference: 'Beleg',
  referenceHelp: 'Der Sendung; zweimal gesandt wirkt er einmal',
  tracking: 'Sendungsnummer',
  reject: 'Vom Lager abgelehnt',
  rejectEffect: (units, warehouse) =>
    `${counted(units, 'Stück wird', 'Stück werden')} ${warehouse} genommen, das für diese Positionen nicht wieder gefragt wird; die anderen werden gefragt.`,
  reason: 'Grund',
  told: (day) => `Dem Kunden wurde ${day} gesagt`,
  toldUnknown: 'Dem Kunden wurde gesagt, dass kein Tag bekannt ist',
  holdReason: 'Aus dem Dashboard',
};

export const EVENTS: Words['events'] = {
  ordered: 'bestellt',
  line: (line) => `Zeile ${line}`,
  causes: {
    placed: 'aufgegeben',
    filled: 'bekam Bestand',
    changed: 'geändert',
    cancelled: 'storniert',
    held: 'angehalten',
    lifted: 'freigegeben',
    taken_back: 'Bestand zurückgenommen',
    short_picked: 'im Lager nicht gefunden',
    rejected: 'vom Lager abgelehnt',
    prioritized: 'Vorrang geändert',
    acknowledged: 'bestätigt',
    picked: 'kommissioniert',
    shipped: 'versandt',
  },
};
