/** What is chosen on a page, as its address has it: only known members, each a text, anything else left out. */
import { STATUSES, type Status } from './components/said.tsx';

type Given = Readonly<Record<string, unknown>>;
type Texts<Name extends string> = { readonly [Each in Name]?: string | undefined };

/** What every list has in its address. */
export interface ListSearch {
  readonly cursor?: string | undefined;
  readonly sort?: string | undefined;
  /** Columns that are shown, parted by commas; the usual ones when absent. */
  readonly columns?: string | undefined;
  /** The row that is shown beside the list. */
  readonly open?: string | undefined;
}

const LIST = ['cursor', 'sort', 'columns', 'open'] as const;

/** Addresses as people write them: each member a text, also where it looks like a number. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: object): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') given.set(name, value);
  }
  return given.size === 0 ? '' : `?${given}`;
}

function texts<Name extends string>(given: Given, names: readonly Name[]): Texts<Name> {
  const found: { [Each in Name]?: string | undefined } = {};
  for (const name of names) {
    const value = given[name];
    if (typeof value === 'string' && value !== '') found[name] = value;
  }
  return found;
}

/** The search of a list with these filters. */
function list<Name extends string>(...filters: Name[]) {
  return (given: Given): Texts<Name> & ListSearch => texts(given, [...filters, ...LIST]);
}

export interface OrdersSearch
  extends ListSearch,
    Texts<
      'channel' | 'sku' | 'number' | 'customer' | 'warehouse' | 'supplier' | 'placedFrom' | 'placedUntil'
    > {
  readonly status?: Status | undefined;
  /** items: order items instead of orders. */
  readonly by?: 'items' | undefined;
}

export function ordersSearch(given: Given): OrdersSearch {
  const status = STATUSES.find((each) => each === given['status']);
  const filters = list(
    'channel',
    'sku',
    'number',
    'customer',
    'warehouse',
    'supplier',
    'placedFrom',
    'placedUntil',
  )(given);
  return {
    ...filters,
    ...(status !== undefined && { status }),
    ...(given['by'] === 'items' && { by: 'items' }),
  };
}

export const waitingSearch = list('sku', 'by', 'kind', 'supplier', 'channel');
export const productsSearch = list('search', 'supplier');
export const inventorySearch = list('sku', 'warehouse');
export const incomingSearch = list('late', 'supplier', 'sku', 'status', 'view', 'month');
export const purchasingSearch = list('supplier', 'sku');
export const reportSearch = (given: Given) => texts(given, ['report', 'saved', 'cell']);
export const riskSearch = list('days', 'supplier');
export const listSearch = list();
export const rulesSearch = (given: Given) => texts(given, ['version']);
export const importSearch = (given: Given) => texts(given, ['kind']);

/** Without members that say nothing: they would stand in the address. */
export function given<Chosen extends object>(chosen: Chosen): Chosen {
  const said = Object.entries(chosen).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(said) as Chosen;
}
