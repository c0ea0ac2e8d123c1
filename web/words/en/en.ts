/** What the dashboard says, in English; the other languages say the same. Words are the glossary's. */
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';
import { EXPLANATION } from '../../../src/words/en/explanation.ts';
import { RISKS } from '../../../src/words/en/risks.ts';
import type { RefusalWords } from '../../../src/words/refusal-sentence.ts';
import type { Said } from '../../../src/words/said.ts';
import { INCOMING, PURCHASING, SUPPLIERS } from './buying.ts';
import { HOME } from './home.ts';
import { ORDERS, WAITING } from './lists.ts';
import { EVENTS, ORDER } from './order.ts';
import { INVENTORY, POLICY, PRODUCTS, STOCK } from './products.ts';
import { REPORTS } from './reports.ts';
import { RULES } from './rules.ts';
import { CHANNELS, IMPORT, SETTINGS, WAREHOUSES } from './settings.ts';
import { KEYS, NAV, NOTHING_HERE, PALETTE, PROBLEM, STATUS, TABLE } from './shell.ts';

const SAID = {
  nav: NAV,
  status: STATUS,
  table: TABLE,
  problem: PROBLEM,
  palette: PALETTE,
  keys: KEYS,
  nothingHere: NOTHING_HERE,
  home: HOME,
  orders: ORDERS,
  order: ORDER,
  events: EVENTS,
  explanation: EXPLANATION,
  waiting: WAITING,
  products: PRODUCTS,
  policy: POLICY,
  inventory: INVENTORY,
  stock: STOCK,
  incoming: INCOMING,
  purchasing: PURCHASING,
  suppliers: SUPPLIERS,
  rules: RULES,
  reports: REPORTS,
  risks: RISKS,
  channels: CHANNELS,
  warehouses: WAREHOUSES,
  import: IMPORT,
  settings: SETTINGS,
} as const;

export type Words = Said<typeof SAID> & {
  /** null: the server's own sentences are in this language. */
  readonly refusals: RefusalWords | null;
  /** null: the registries of the contract are in this language; only the pages of reports load them. */
  readonly meanings: Meanings | null;
};

/** What measures and dimensions mean, and how measures are worked out. */
interface Meanings {
  readonly definitions: Readonly<Record<MeasureId, string>>;
  readonly formulas: Readonly<Record<MeasureId, string>>;
  readonly dimensions: Readonly<Record<DimensionId, string>>;
}

export const EN: Words = { ...SAID, refusals: null, meanings: null };
