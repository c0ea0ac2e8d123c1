/**
 * Whether the report store says what the database says: reports that depend on no clock, asked of both on one
 * snapshot, of every table of the store.
 */
import { type ReportInput, reportDefinition } from '../contract/reports/report-definition.ts';
import { runReport } from '../custom-reports/run.ts';
import { databaseSource } from '../custom-reports/sources/database-source.ts';
import type { DatabaseReader } from './database-reader.ts';
import { storeReader } from './reader.ts';
import type { ReportStore } from './store.ts';

const REPORTS: Readonly<Record<string, ReportInput>> = {
  items: {
    measures: [
      'items',
      'orders',
      'ordered_units',
      'allocated_units',
      'shipped_units',
      'cancelled_units',
      'value',
    ],
    by: [{ dimension: 'placed', every: 'month' }, { dimension: 'status' }],
  },
  'waiting items': {
    measures: ['waiting_items', 'backordered_units', 'preordered_units', 'unfillable_units', 'pending_units'],
    by: [{ dimension: 'product' }],
    filters: [[{ dimension: 'status', isNot: ['shipped', 'cancelled'] }]],
  },
  'lives of items': {
    measures: [
      'waited_items',
      'filled_items',
      'unit_fill_rate',
      'given_up_units',
      'taken_back_units',
      'split_rate',
    ],
    by: [{ dimension: 'placed', every: 'month' }],
  },
  promises: { measures: ['promise_bias'], by: [{ dimension: 'channel' }] },
  changes: {
    measures: ['units_given', 'units_lost', 'units_dropped', 'units_out'],
    by: [{ dimension: 'cause' }, { dimension: 'changed', every: 'month' }],
  },
  allocations: { measures: ['units_held', 'units_sent', 'orders_served'], by: [{ dimension: 'warehouse' }] },
  'promise changes': {
    measures: ['promise_changes', 'promises_later', 'promises_unknown'],
    by: [{ dimension: 'changed', every: 'month' }],
  },
  refusals: {
    measures: ['refused_orders', 'refused_units', 'lost_units'],
    by: [{ dimension: 'refusal_code' }],
  },
  purchases: {
    measures: ['purchased_units', 'received_units', 'slip_mean'],
    by: [{ dimension: 'supplier' }],
  },
};

/** Figures in floating point are compared to so many digits: they were added up in another order. */
const DIGITS = 9;

function figures(answer: Awaited<ReturnType<typeof runReport>>): string {
  return JSON.stringify([answer.rows, answer.total], (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value,
  );
}

/** Names of the reports that differ. */
export async function differencesOf(store: ReportStore, database: DatabaseReader): Promise<string[]> {
  const differing: string[] = [];
  const session = await store.connect();
  try {
    await database.onSnapshot(async (snapshot) => {
      await store.feedOn(database, snapshot);
      const inStore = storeReader(session, snapshot.at);
      const inDatabase = databaseSource((statement) => database.read(statement));
      for (const [name, input] of Object.entries(REPORTS)) {
        const report = reportDefinition.parse({ ...input, limit: 1_000 });
        const [here, there] = [await runReport(inStore, report), await runReport(inDatabase, report)];
        if (figures(here) !== figures(there)) differing.push(name);
      }
    });
  } finally {
    session.close();
  }
  return differing;
}
