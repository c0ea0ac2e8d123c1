/** What parts of the waiting page need of its address, and how they change it. */
import type { waitingSearch } from '../search.ts';

export type WaitingSearch = ReturnType<typeof waitingSearch>;

export interface WaitingProps {
  readonly search: WaitingSearch;
  readonly choose: (changes: WaitingSearch) => void;
}
