/** The acts of figures. */

import { type Answered, fresh } from '../../app/frame/once.ts';
import { listStrandedDemand } from '../../app/orders/stranded-demand.ts';
import { listAtRisk } from '../../app/reports/at-risk.ts';
import type { reportOperations } from '../../contract/reports/reports.ts';
import { listActivity } from '../../reads/activity.ts';
import type { Codes } from '../../reads/catalog/codes.ts';
import { fillRates } from '../../reads/figures/fill-rates.ts';
import { itemsByStatus } from '../../reads/figures/items-by-status.ts';
import { waitingByAge } from '../../reads/figures/waiting-by-age.ts';
import { readRiskRecord } from '../../reads/purchasing/risk-record.ts';
import { listSetAside } from '../../reads/set-aside.ts';
import { type Acts, found, type HttpContext } from './context.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** A figure about codes that exist. */
async function figure<Value>(
  context: HttpContext,
  codes: Codes,
  read: () => Promise<Value>,
): Promise<Answered<Value>> {
  const known = await refuseUnknown(context, codes);
  return known.ok ? found(await read()) : fresh(known);
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
    const known = await refuseUnknown(context, { supplier: query.supplier });
    return fresh(known.ok ? await context.reports.run((tx) => listAtRisk(tx, query), onLeave) : known);
  },
  getRiskRecord: async ({ app }) => found(await readRiskRecord(app.db)),
  listActivity: async ({ app }, { query }) => found({ rows: await listActivity(app.db, query.limit) }),
};
