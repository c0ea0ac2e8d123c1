/**
 * The wire of imports: POST /v1/imports/{kind} takes a CSV file and answers line by line, each line one of these as JSON, while
 * the file is read. Bad rows change nothing; the others are kept.
 */
/** What a file may hold: products before what names them. */
export const IMPORT_KINDS = [
  'products',
  'inventory',
  'orders',
  'suppliers',
  'supplier-products',
  'purchase-orders',
  'receipts',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export type ImportLine =
  /** The columns that the file has, before any row. */
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  /** Bytes read of the file. */
  | { readonly kind: 'progress'; readonly read: number; readonly total: number }
  | {
      readonly kind: 'rejected';
      /** Of the file; the header is on line 1. */
      readonly line: number;
      readonly cells: readonly string[];
      /** '' when no single column is at fault. */
      readonly column: string;
      readonly problem: string;
    }
  /** Rows; `repeated` ones were imported before and changed nothing. */
  | {
      readonly kind: 'done';
      readonly imported: number;
      readonly repeated: number;
      readonly rejected: number;
    }
  /** The file is none of this kind, or the import was interrupted. */
  | { readonly kind: 'failed'; readonly problem: string };
