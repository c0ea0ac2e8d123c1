/** The acts of figures. */

import { listAtRisk } from '../app/at-risk.ts';
import type { Answered } from '../app/once.ts';
import { listStrandedDemand } from '../app/stranded-demand.ts';
import type { reportOperations } from '../contract/reports.ts';
import { listActivity } from '../reports/activity.ts';
import type { Codes } from '../reports/codes.ts';
import { fillRates } from '../reports/fill-rates.ts';
import { itemsByStatus } from '../reports/items-by-status.ts';
import { readRiskRecord } from '../reports/risk-record.ts';
import { listSetAside } from '../reports/set-aside.ts';
import { waitingByAge } from '../reports/waiting-by-age.ts';
import { type Acts, found, type HttpContext } from './context.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** A figure about codes that exist. */
async function figure<Value>(
  context: HttpContext,
  codes: Codes,
  read: () => Promise<Value>,
): Promise<Answered<Value>> {
  const refused = await refuseUnknown(context, codes);
  return refused === undefined ? found(await read()) : { outcome: refused, repeated: false };
}

export const reportActs: Acts<keyof typeof reportOperations> = {
  itemsByStatus: (context, { query }) => figure(context, query, () => itemsByStatus(context.app.db, query)),
  waitingByAge: (context, { query }) => figure(context, query, () => waitingByAge(context.app.db, query)),
  fillRates: (context, { query }) => figure(context, query, () => fillRates(context.app.db, query)),
  listStrandedDemand: async ({ app }, { query }) =>
    found({ rows: await listStrandedDemand(app, query.limit) }),
  listSetAside: async ({ app }, { query }) => found({ rows: await listSetAside(app.db, query.limit) }),
  // it reads the orders of two months, so it takes its turn among reports
  listAtRisk: async (context, { query, onLeave }) => {
    const refused = await refuseUnknown(context, { supplier: query.supplier });
    const outcome = refused ?? (await context.reports.run((tx) => listAtRisk(tx, query), onLeave));
    return { outcome, repeated: false };
  },
  getRiskRecord: async ({ app }) => found(await readRiskRecord(app.db)),
  listActivity: async ({ app }, { query }) => found({ rows: await listActivity(app.db, query.limit) }),
};
