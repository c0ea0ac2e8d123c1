/** What the dashboard says, in German. */
import type { Words } from '../en/en.ts';
import { INCOMING, PURCHASING, SUPPLIERS } from './buying.ts';
import { DIMENSIONS } from './dimensions.ts';
import { EXPLANATION } from './explanation.ts';
import { FORMULAS } from './formulas.ts';
import { HOME } from './home.ts';
import { ORDERS, WAITING } from './lists.ts';
import { DEFINITIONS } from './measures.ts';
import { EVENTS, ORDER } from './order.ts';
import { INVENTORY, POLICY, PRODUCTS, STOCK } from './products.ts';
import { REFUSALS } from './refusals.ts';
import { REPORTS } from './reports.ts';
import { RISKS } from './risks.ts';
import { RULES } from './rules.ts';
import { CHANNELS, IMPORT, SETTINGS, WAREHOUSES } from './settings.ts';
import { KEYS, NAV, NOTHING_HERE, PALETTE, PROBLEM, STATUS, TABLE } from './shell.ts';

export const DE: Words = {
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
  refusals: REFUSALS,
  reports: REPORTS,
  meanings: { definitions: DEFINITIONS, formulas: FORMULAS, dimensions: DIMENSIONS },
  risks: RISKS,
  channels: CHANNELS,
  warehouses: WAREHOUSES,
  import: IMPORT,
  settings: SETTINGS,
};
