/** What en/shell.ts says, in Dutch. */
import type { Words } from '../en/en.ts';

export const NAV: Words['nav'] = {
  home: 'Start',
  orders: 'Bestellingen',
  waiting: 'Wachtend',
  products: 'Producten',
  inventory: 'Voorraad',
  incoming: 'Onderweg',
  purchasing: 'Inkoop',
  suppliers: 'Leveranciers',
  rules: 'Regels',
  reports: 'Rapporten',
  channels: 'Kanalen',
  warehouses: 'Magazijnen',
  import: 'Importeren',
  settings: 'Instellingen',
  main: 'Hoofdmenu',
  more: 'Meer',
  find: 'Zoeken',
  skip: 'Naar de inhoud',
  lost: (clock) => `Geen verbinding sinds ${clock}. Wat u ziet is van toen; er wordt opnieuw geprobeerd.`,
};

export const STATUS: Words['status'] = {
  shipped: 'Verzonden',
  partially_shipped: 'Deels verzonden',
  allocated: 'Toegewezen',
  partially_allocated: 'Deels toegewezen',
  preordered: 'Voorbesteld',
  backordered: 'Nabesteld',
  unfillable: 'Niet leverbaar',
  pending: 'In afwachting',
  cancelled: 'Geannuleerd',
};

export const TABLE: Words['table'] = {
  next: 'Volgende pagina',
  first: 'Eerste pagina',
  loading: 'Wordt geladen',
  anyStatus: 'Elke status',
  anyChannel: 'Elk kanaal',
  anyWarehouse: 'Elk magazijn',
  anySupplier: 'Elke leverancier',
  sortBy: 'Sorteren op',
  columns: 'Kolommen',
  views: 'Weergaven',
  noViews: 'Bewaar hoe deze lijst nu staat, om ernaar terug te keren.',
  viewName: 'Naam van de weergave',
  keepView: 'Bewaren',
  removeView: (name) => `Weergave ${name} verwijderen`,
  export: 'Exporteren',
  beside: 'Naast de lijst',
  openPage: 'Pagina openen',
  undo: 'Ongedaan maken',
  leave: 'Zo laten',
  add: 'Toevoegen',
  edit: 'Wijzigen',
  saved: (name) => `${name} is bewaard`,
  enabled: 'Aan',
  disabled: 'Uit',
  chosen: 'Gekozen',
  choose: (name) => `${name} kiezen`,
};

export const PROBLEM: Words['problem'] = { title: 'Dit kon niet worden geladen', again: 'Opnieuw' };

export const PALETTE: Words['palette'] = {
  placeholder: 'Naar een pagina, een bestelling of een product',
  nothing: 'Niets gevonden. Bestellingen vindt u op hun hele nummer, producten op een deel van SKU of naam.',
  key: (key) => `g ${key}`,
};

export const KEYS: Words['keys'] = {
  title: 'Toetsen',
  says: {
    'ctrl k': 'Overal heen, alles vinden',
    '/': 'Naar het eerste veld van de pagina',
    '↑ ↓': 'Van rij naar rij',
    Enter: 'De rij openen',
    Esc: 'Sluiten',
    '?': 'De toetsen tonen',
  },
};

export const NOTHING_HERE: Words['nothingHere'] = {
  title: 'Deze pagina bestaat niet',
  home: 'Naar de startpagina',
};
