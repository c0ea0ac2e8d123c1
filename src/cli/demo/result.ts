/**
 * What a run of the demo found, for people and machines: the same object is printed as tables or as JSON. Every
 * figure was counted from answers of the API; units of the orders of this run add up as
 * ordered = at once + later + waiting + unfillable + on hold + cancelled before they got stock.
 */
import type { AnswerOf } from '../../contract/operations.ts';
import type { TimeToFill } from './fill-times.ts';
import type { BadRow } from './retail-file.ts';
import type { Acts } from './run.ts';

export interface FileFacts {
  readonly path: string;
  readonly rows: number;
  readonly saleRows: number;
  readonly cancelRows: number;
  /** Rows left out, by kind. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly badRows: number;
  readonly badExamples: readonly BadRow[];
  /** Orders that are a further part of an invoice of more lines than an order may have. */
  readonly parts: number;
  readonly cancelledBy: 'links' | 'customer and product';
  readonly unmatchedCancelRows: number;
}

/** What buying came to. */
export interface DemoSupply {
  /** Purchase orders of the database by status. */
  readonly purchaseOrders: Readonly<Record<string, number>>;
  /** Of them, those with an open line whose day has passed. */
  readonly late: number;
  /** The late order of this run, and the waiting items it concerns (at most a page). */
  readonly lateOrder: string;
  readonly affectedItems: number;
  /** Products that wait and that nobody has bought (at most a page). */
  readonly suggestions: number;
  readonly launch: {
    readonly sku: string;
    readonly preordered: number;
    readonly total: number;
    readonly low: number;
    readonly high: number | null;
    readonly daysLeft: number;
  } | null;
}

export interface DemoResult {
  readonly address: string;
  readonly seed: number;
  readonly run: number;
  /** What order numbers of this run begin with. */
  readonly prefix: string;
  readonly products: number;
  /** From the first request to the last. */
  readonly seconds: number;
  readonly file: FileFacts | null;
  readonly orders: {
    readonly sent: number;
    readonly accepted: number;
    readonly repeated: number;
    readonly refused: number;
    readonly refusedFor: Readonly<Record<string, number>>;
  };
  readonly units: {
    readonly ordered: number;
    readonly atOnce: number;
    readonly later: number;
    readonly waiting: number;
    readonly unfillable: number;
    readonly onHold: number;
    readonly cancelledUnserved: number;
  };
  /** Of the units filled later, on the clock of the orders. */
  readonly timeToFill: TimeToFill & { readonly clock: string; readonly unitsOfUnknownMoment: number };
  readonly acts: Readonly<Acts>;
  /** null when a file was played, which has no suppliers. */
  readonly supply: DemoSupply | null;
  /** Every order item of the database as it stands at the end, those of earlier runs included. */
  readonly itemsByStatus: AnswerOf<'itemsByStatus'>['rows'];
}
