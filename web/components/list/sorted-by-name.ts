/** Lists of things that have a code and a name: sorted by either, by code unless the address says otherwise. */
import type { ListSearch } from '../../search.ts';

export const BY_CODE = [{ sort: 'code', direction: 'ascending' }] as const;
export const BY_NAME = [{ sort: 'name', direction: 'ascending' }] as const;

/** The query of such a list. */
export function sortedByName({ sort }: ListSearch): { readonly sort?: 'name' } {
  return sort === 'name' ? { sort } : {};
}
