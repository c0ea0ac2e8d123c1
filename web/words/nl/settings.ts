/** What en/settings.ts says, in Dutch. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const CHANNELS: Words['channels'] = {
  title: 'Kanalen',
  sentence: 'Waar bestellingen vandaan komen, en welke magazijnen ze bedienen.',
  empty: 'Nog geen kanaal. Voeg het eerste toe.',
  add: 'Kanaal toevoegen',
  servedBy: 'Bediend door, de eerste eerst',
  acceptance: 'Neemt bestellingen aan',
  accepts: {
    strict: 'zoals is toegestaan',
    accept_always: 'altijd; wat niet mag wachten is niet leverbaar',
  },
  shipping: 'Verzendt',
  ships: { partial: 'wat er is', complete: 'hele bestellingen' },
  whenIncomplete: 'Wat klaar is van een hele bestelling',
  incomplete: { hold: 'blijft ervoor bewaard', give_back: 'wordt aan anderen gelaten' },
};

export const WAREHOUSES: Words['warehouses'] = {
  title: 'Magazijnen',
  empty: 'Nog geen magazijn. Voeg het eerste toe.',
  add: 'Magazijn toevoegen',
  map: 'Magazijnen op een kaart',
  kind: 'Soort',
  kinds: { own: 'Eigen', external: 'Extern' },
  stock: 'Voorraad',
  stocks: { managed: 'hier bijgehouden', unmanaged: 'levert altijd' },
  country: 'Land',
  latitude: 'Breedte',
  longitude: 'Lengte',
  handlingDays: 'Dagen tot verzending',
  closed: 'Gesloten op',
};

export const IMPORT: Words['import'] = {
  title: 'Importeren',
  act: 'Importeren',
  sentence:
    'Goede rijen blijven, slechte komen terug als bestand. Wat al geïmporteerd is, wordt niet herhaald; voorraad wordt opnieuw geteld.',
  kind: 'Wat het bestand bevat',
  kinds: {
    orders: 'Bestellingen',
    products: 'Producten',
    inventory: 'Tellingen',
    suppliers: 'Leveranciers',
    'supplier-products': 'Wat leveranciers verkopen',
    'purchase-orders': 'Inkooporders',
    receipts: 'Ontvangsten',
  },
  columns: {
    orders:
      'Kolommen: channel, number, sku, quantity; desgewenst customer, placed_at, priority, unit_price en meer.',
    products:
      'Kolommen: sku; name bij nieuwe; desgewenst backorder_allowed, release_at en meer. Wat geen kolom heeft, blijft zoals het is.',
    inventory: 'Kolommen: sku, warehouse, on_hand.',
    suppliers:
      'Kolommen: code; bij nieuwe name, currency, time_zone, lead_days. Wat geen kolom heeft, blijft zoals het is.',
    'supplier-products': 'Kolommen: supplier, sku; desgewenst unit_price, pack_size, lead_days en meer.',
    'purchase-orders':
      'Kolommen: number, supplier, sku, warehouse, quantity; desgewenst expected_on en meer.',
    receipts: 'Kolommen: reference, sku, warehouse, units; desgewenst purchase_order, line en meer.',
  },
  noChannel: { orders: 'Elke rij noemt haar kanaal', products: 'Regels voor alle kanalen' },
  file: 'CSV-bestand',
  chooseFile: 'Bestand kiezen',
  noFile: 'Geen bestand kiezen',
  start: 'Het bestand importeren',
  progress: 'Gelezen van het bestand',
  rejectedSoFar: (rows) => `tot nu ${counted(rows, 'slechte rij', 'slechte rijen')}`,
  failed: 'Het bestand is niet geïmporteerd',
  done: (rows) => `${counted(rows, 'rij', 'rijen')} geïmporteerd`,
  repeated: (rows) => `${counted(rows, 'rij was', 'rijen waren')} al geïmporteerd.`,
  rejected: (rows) =>
    plural(
      rows,
      `${rows.figure} rij is slecht en veranderde niets. Verbeter haar en importeer haar opnieuw.`,
      `${rows.figure} rijen zijn slecht en veranderden niets. Verbeter ze en importeer ze opnieuw.`,
    ),
  badRows: (rows) => plural(rows, 'De eerste slechte rij', `De eerste ${rows.figure} slechte rijen`),
  saveBad: 'De slechte rijen als bestand',
  bad: 'Slechte rijen',
  line: 'Regel',
  column: 'Kolom',
  problem: 'Probleem',
  row: 'Inhoud',
};

export const SETTINGS: Words['settings'] = {
  title: 'Instellingen',
  looks: 'Deze browser',
  looksHelp: 'Deze bewaart de browser; voor anderen verandert er niets.',
  language: 'Taal',
  theme: 'Kleuren',
  themes: { auto: 'Zoals het systeem', light: 'Licht', dark: 'Donker' },
  density: 'Dichtheid',
  densities: { comfortable: 'Ruim', compact: 'Dicht' },
  promises: 'Toezeggingen',
  confidence: 'Zekerheid, procent',
  confidenceHelp: 'Zoveel van de honderd toezeggingen moeten worden gehouden',
  quietDays: 'Stille dagen',
  quietHelp: 'Verschuift een toezegging niet meer dan dit, dan hoort geen klant ervan',
  save: 'Bewaren',
  saved: 'Bewaard; toezeggingen worden opnieuw bekeken',
};
