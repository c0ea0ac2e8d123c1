/** What en/shell.ts says, in German. */
import type { Words } from '../en/en.ts';

export const NAV: Words['nav'] = {
  home: 'Start',
  orders: 'Bestellungen',
  waiting: 'Wartend',
  products: 'Produkte',
  inventory: 'Bestand',
  incoming: 'Zulauf',
  purchasing: 'Einkauf',
  suppliers: 'Lieferanten',
  rules: 'Regeln',
  reports: 'Berichte',
  channels: 'Kanäle',
  warehouses: 'Lager',
  import: 'Import',
  settings: 'Einstellungen',
  main: 'Hauptmenü',
  more: 'Mehr',
  find: 'Suchen',
  skip: 'Zum Inhalt',
  lost: (clock) => `Keine Verbindung seit ${clock}. Gezeigt wird der Stand von da; es wird weiter versucht.`,
};

export const STATUS: Words['status'] = {
  shipped: 'Versandt',
  partially_shipped: 'Teilweise versandt',
  allocated: 'Zugeteilt',
  partially_allocated: 'Teilweise zugeteilt',
  preordered: 'Vorbestellt',
  backordered: 'Im Rückstand',
  unfillable: 'Nicht lieferbar',
  pending: 'Ausstehend',
  cancelled: 'Storniert',
};

export const TABLE: Words['table'] = {
  next: 'Nächste Seite',
  first: 'Erste Seite',
  loading: 'Wird geladen',
  anyStatus: 'Jeder Status',
  anyChannel: 'Jeder Kanal',
  anyWarehouse: 'Jedes Lager',
  anySupplier: 'Jeder Lieferant',
  sortBy: 'Sortieren nach',
  columns: 'Spalten',
  views: 'Ansichten',
  noViews: 'Behalten, wie diese Liste jetzt steht, um darauf zurückzukommen.',
  viewName: 'Name der Ansicht',
  keepView: 'Behalten',
  removeView: (name) => `Ansicht ${name} entfernen`,
  export: 'Export',
  beside: 'Neben der Liste',
  openPage: 'Seite öffnen',
  undo: 'Rückgängig',
  leave: 'So lassen',
  add: 'Hinzufügen',
  edit: 'Ändern',
  saved: (name) => `${name} ist gespeichert`,
  enabled: 'An',
  disabled: 'Aus',
  chosen: 'Gewählt',
  choose: (name) => `${name} wählen`,
};

export const PROBLEM: Words['problem'] = {
  title: 'Das konnte nicht geladen werden',
  again: 'Noch einmal',
};

export const PALETTE: Words['palette'] = {
  placeholder: 'Zu einer Seite, einer Bestellung oder einem Produkt',
  nothing: 'Nichts gefunden. Bestellungen findet die ganze Nummer, Produkte ein Teil von SKU oder Name.',
  key: (key) => `g ${key}`,
};

export const KEYS: Words['keys'] = {
  title: 'Tasten',
  says: {
    'ctrl k': 'Überallhin, alles finden',
    '/': 'Zum ersten Feld der Seite',
    '↑ ↓': 'Von Zeile zu Zeile',
    Enter: 'Zeile öffnen',
    Esc: 'Schließen',
    '?': 'Tasten zeigen',
  },
};

export const NOTHING_HERE: Words['nothingHere'] = {
  title: 'Diese Seite gibt es nicht',
  home: 'Zur Startseite',
};
