/** What a node and its report store say to each other. */
import type { StoreRow, StoreValue } from './duck.ts';

export interface OpenStore {
  /** Where it is kept. */
  readonly folder: string;
  readonly databaseUrl: string;
  /** It is kept while there are so many order items or more. */
  readonly fromItems: number;
}

export type NodeMessage =
  | { readonly act: 'open'; readonly store: OpenStore }
  | { readonly act: 'begin'; readonly session: number; readonly id: number }
  | {
      readonly act: 'read';
      readonly session: number;
      readonly id: number;
      readonly sql: string;
      readonly parameters: readonly StoreValue[];
    }
  | { readonly act: 'interrupt'; readonly session: number }
  | { readonly act: 'end'; readonly session: number };

export type StoreMessage =
  /** An answer: rows, or of `begin` the moment up to which everything is known. */
  | { readonly id: number; readonly rows: StoreRow[] }
  | { readonly id: number; readonly at: string }
  | { readonly id: number; readonly failed: string }
  /** Everything is known up to now; or the store is not needed, or not whole yet. */
  | { readonly event: 'fed'; readonly at: string }
  | { readonly event: 'idle' }
  /** There is no DuckDB here. */
  | { readonly event: 'unavailable'; readonly why: string }
  | { readonly event: 'failed'; readonly why: string }
  /** The file could not be read; it is made anew. */
  | { readonly event: 'damaged'; readonly why: string }
  /** What the store said otherwise than the database; it is made anew. */
  | { readonly event: 'differed'; readonly reports: readonly string[] };
