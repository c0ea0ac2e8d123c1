/** What is chosen on a page, as its address has it: only known members, each a text, anything else left out. */
import { STATUSES, type Status } from './components/said.tsx';

export interface OrdersSearch {
  readonly status?: Status | undefined;
  readonly channel?: string | undefined;
  readonly sku?: string | undefined;
  readonly number?: string | undefined;
  readonly placedFrom?: string | undefined;
  readonly cursor?: string | undefined;
}

type Given = Readonly<Record<string, unknown>>;

/** Addresses as people write them: each member a text, also where it looks like a number. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Given): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string') given.set(name, value);
  }
  return given.size === 0 ? '' : `?${given}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts<Name extends string>(
  given: Given,
  names: readonly Name[],
): { readonly [Each in Name]?: string | undefined } {
  const found: { [Each in Name]?: string | undefined } = {};
  for (const name of names) {
    const value = text(given[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

export function ordersSearch(given: Given): OrdersSearch {
  const status = STATUSES.find((each) => each === given['status']);
  const rest = texts(given, ['channel', 'sku', 'number', 'placedFrom', 'cursor']);
  return status === undefined ? rest : { ...rest, status };
}

export const waitingSearch = (given: Given) => texts(given, ['sku', 'cursor']);
export const productsSearch = (given: Given) => texts(given, ['search', 'cursor']);
export const inventorySearch = (given: Given) => texts(given, ['sku', 'warehouse', 'cursor']);
export const incomingSearch = (given: Given) => texts(given, ['late', 'supplier', 'cursor']);
export const rulesSearch = (given: Given) => texts(given, ['version']);
