/** What en/settings.ts says, in German. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const CHANNELS: Words['channels'] = {
  title: 'Kanäle',
  sentence: 'Woher Bestellungen kommen, und welche Lager sie bedienen.',
  empty: 'Noch kein Kanal. Den ersten hinzufügen.',
  add: 'Kanal hinzufügen',
  servedBy: 'Bedient von, der Reihe nach',
  acceptance: 'Nimmt Bestellungen an',
  accepts: {
    strict: 'wie die Regeln erlauben',
    accept_always: 'immer; was nicht warten darf, ist nicht lieferbar',
  },
  shipping: 'Versendet',
  ships: { partial: 'was da ist', complete: 'ganze Bestellungen' },
  whenIncomplete: 'Was von einer ganzen Bestellung bereit ist',
  incomplete: { hold: 'bleibt für sie', give_back: 'bleibt den anderen' },
};

export const WAREHOUSES: Words['warehouses'] = {
  title: 'Lager',
  empty: 'Noch kein Lager. Das erste hinzufügen.',
  add: 'Lager hinzufügen',
  map: 'Lager auf einer Karte',
  kind: 'Art',
  kinds: { own: 'Eigenes', external: 'Fremdes' },
  stock: 'Bestand',
  stocks: { managed: 'hier geführt', unmanaged: 'liefert immer' },
  country: 'Land',
  latitude: 'Breite',
  longitude: 'Länge',
  handlingDays: 'Tage bis Versand',
  closed: 'Geschlossen am',
};

export const IMPORT: Words['import'] = {
  title: 'Import',
  act: 'Import',
  sentence:
    'Gute Zeilen bleiben, schlechte kommen als Datei zurück. Was schon importiert ist, wird nicht wiederholt; Bestand wird neu gezählt.',
  kind: 'Was die Datei enthält',
  kinds: {
    orders: 'Bestellungen',
    products: 'Produkte',
    inventory: 'Zählungen',
    suppliers: 'Lieferanten',
    'supplier-products': 'Was Lieferanten verkaufen',
    'purchase-orders': 'Lieferantenbestellungen',
    receipts: 'Eingänge',
  },
  columns: {
    orders:
      'Spalten: channel, number, sku, quantity; wenn gewünscht customer, placed_at, priority, unit_price und mehr.',
    products:
      'Spalten: sku; name bei neuen; wenn gewünscht backorder_allowed, release_at und mehr. Was keine Spalte hat, bleibt, wie es ist.',
    inventory: 'Spalten: sku, warehouse, on_hand.',
    suppliers:
      'Spalten: code; bei neuen name, currency, time_zone, lead_days. Was keine Spalte hat, bleibt, wie es ist.',
    'supplier-products': 'Spalten: supplier, sku; wenn gewünscht unit_price, pack_size, lead_days und mehr.',
    'purchase-orders':
      'Spalten: number, supplier, sku, warehouse, quantity; wenn gewünscht expected_on und mehr.',
    receipts: 'Spalten: reference, sku, warehouse, units; wenn gewünscht purchase_order, line und mehr.',
  },
  noChannel: { orders: 'Jede Zeile nennt ihren Kanal', products: 'Regeln für alle Kanäle' },
  file: 'CSV-Datei',
  chooseFile: 'Datei wählen',
  noFile: 'Keine Datei wählen',
  start: 'Datei importieren',
  progress: 'Von der Datei gelesen',
  rejectedSoFar: (rows) => `bisher ${counted(rows, 'schlechte Zeile', 'schlechte Zeilen')}`,
  failed: 'Die Datei wurde nicht importiert',
  done: (rows) => `${counted(rows, 'Zeile', 'Zeilen')} importiert`,
  repeated: (rows) => `${counted(rows, 'Zeile war', 'Zeilen waren')} schon importiert.`,
  rejected: (rows) =>
    `${counted(rows, 'Zeile ist schlecht und änderte', 'Zeilen sind schlecht und änderten')} nichts. Berichtigen und wieder importieren.`,
  badRows: (rows) => plural(rows, 'Die erste schlechte Zeile', `Die ersten ${rows.figure} schlechten Zeilen`),
  saveBad: 'Schlechte Zeilen als Datei',
  bad: 'Schlechte Zeilen',
  line: 'Zeile',
  column: 'Spalte',
  problem: 'Problem',
  row: 'Inhalt',
};

export const SETTINGS: Words['settings'] = {
  title: 'Einstellungen',
  looks: 'Dieser Browser',
  looksHelp: 'Diese behält der Browser; für andere ändert sich nichts.',
  language: 'Sprache',
  theme: 'Farben',
  themes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  density: 'Dichte',
  densities: { comfortable: 'Bequem', compact: 'Dicht' },
  promises: 'Zusagen',
  confidence: 'Sicherheit, Prozent',
  confidenceHelp: 'So viele von hundert Zusagen sollen gehalten werden',
  quietDays: 'Ruhige Tage',
  quietHelp: 'Verschiebt sich eine Zusage um nicht mehr, erfährt es kein Kunde',
  save: 'Speichern',
  saved: 'Gespeichert; Zusagen werden neu betrachtet',
};
