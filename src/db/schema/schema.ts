/**
 * The steps by which a database came to its schema, oldest first. A step that was released never changes, since
 * databases out there have run it: test/house/migrations.test.ts keeps their digests. What is wrong in one is put
 * right by a new one.
 */
import { core } from './migrations/0001-core.ts';
import { leanOrders } from './migrations/0002-lean-orders.ts';
import { supply } from './migrations/0003-supply.ts';
import { sourcing } from './migrations/0004-sourcing.ts';
import { shadowRules } from './migrations/0005-shadow-rules.ts';
import { dayFacts } from './migrations/0006-day-facts.ts';
import { savedReports } from './migrations/0007-saved-reports.ts';
import { riskScores } from './migrations/0008-risk-scores.ts';
import { reportStore } from './migrations/0009-report-store.ts';
import { answersAsText } from './migrations/0010-answers-as-text.ts';
import { setAside } from './migrations/0011-set-aside.ts';
import { bounds } from './migrations/0012-bounds.ts';
import { sameShape } from './migrations/0013-same-shape.ts';

export const MIGRATIONS: Readonly<Record<string, string>> = {
  '0001-core': core,
  '0002-lean-orders': leanOrders,
  '0003-supply': supply,
  '0004-sourcing': sourcing,
  '0005-shadow-rules': shadowRules,
  '0006-day-facts': dayFacts,
  '0007-saved-reports': savedReports,
  '0008-risk-scores': riskScores,
  '0009-report-store': reportStore,
  '0010-answers-as-text': answersAsText,
  '0011-set-aside': setAside,
  '0012-bounds': bounds,
  '0013-same-shape': sameShape,
};

/** What this program makes of a database, and the least that it works on. */
export const SCHEMA_VERSION = Object.keys(MIGRATIONS).at(-1) ?? '';

/** The database is not one that this program may use; the message says which program may. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/** @param least the oldest schema whose programs may decide on this database */
export function refuseNewerSchema(least: string): void {
  if (least <= SCHEMA_VERSION) return;
  throw new SchemaError(
    `The database was upgraded to schema ${least}; this Allot knows ${SCHEMA_VERSION} and must not decide there any more. Stop it and start the newer one.`,
  );
}
