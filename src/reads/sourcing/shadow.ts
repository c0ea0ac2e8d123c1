/** What shadow rules would have done to the orders of some days, beside what was done. */
import { sql } from 'kysely';
import type { AnswerOf } from '../../contract/operations.ts';
import type { SourcingSums } from '../../contract/sourcing/rule-sets.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import type { Database } from '../../db/database.ts';
import { readRuleSetView } from './rule-sets.ts';

type ShadowReport = AnswerOf<'getShadowReport'>;

interface Counts {
  readonly orders: number;
  readonly differing: number;
  readonly refused: number;
  readonly first: Instant | null;
  readonly last: Instant | null;
  readonly before: SourcingSums | null;
  readonly after: SourcingSums | null;
}

const NOTHING: SourcingSums = {
  shipments: 0,
  kilometres: 0,
  unknownDistances: 0,
  cost: null,
  unknownCosts: 0,
  servedUnits: 0,
  waitingUnits: 0,
};

/** undefined when there is no such rule set. */
export async function readShadowReport(
  db: Database,
  { version, days, examples }: { readonly version: number; readonly days: number; readonly examples: number },
): Promise<ShadowReport | undefined> {
  if ((await readRuleSetView(db, version)) === undefined) return undefined;
  const decided = sql`
    shadow_decisions d
    where d.version = ${version} and d.decided_at > clock_timestamp() - make_interval(days => ${days}::int)`;
  const counts = await sql<Counts>`
    select count(*)::int as orders, count(*) filter (where d.differs)::int as differing,
      count(*) filter (where d.refused)::int as refused,
      min(d.decided_at) as first, max(d.decided_at) as last, ${sumsOf('before')}, ${sumsOf('after')}
    from ${decided}`.execute(db);
  const most = await sql<ShadowReport['examples'][number]>`
    select o.number, d.order_id as "orderId",
      '{"unknownCosts": 0}'::jsonb || d.before as before, '{"unknownCosts": 0}'::jsonb || d.after as after
    from (
      select d.*, abs(${unitsThat('waitingUnits')}) as waiting, abs(${unitsThat('shipments')}) as shipments
      from ${decided} and d.differs
      order by waiting desc, shipments desc, d.order_id desc limit ${examples}) as d
    join orders o on o.id = d.order_id
    order by d.waiting desc, d.shipments desc, d.order_id desc`.execute(db);
  const [row] = counts.rows;
  return {
    version,
    orders: row?.orders ?? 0,
    differing: row?.differing ?? 0,
    refused: row?.refused ?? 0,
    from: row?.first == null ? null : isoInstant(row.first),
    until: row?.last == null ? null : isoInstant(row.last),
    before: row?.before ?? NOTHING,
    after: row?.after ?? NOTHING,
    examples: most.rows,
  };
}

/** The sums of one side as an object; null when there is nothing to sum. */
function sumsOf(side: 'before' | 'after') {
  const column = sql.ref(`d.${side}`);
  const sum = (member: string) => sql`sum((${column} ->> ${sql.lit(member)})::numeric)`;
  return sql`
    case when count(*) = 0 then null else jsonb_build_object(
      'shipments', ${sum('shipments')}, 'kilometres', ${sum('kilometres')},
      'unknownDistances', ${sum('unknownDistances')}, 'cost', ${sum('cost')},
      -- decisions of before this was counted do not have it
      'unknownCosts', coalesce(${sum('unknownCosts')}, 0),
      'servedUnits', ${sum('servedUnits')}, 'waitingUnits', ${sum('waitingUnits')}) end as ${sql.ref(side)}`;
}

function unitsThat(member: string) {
  return sql`((d.after ->> ${sql.lit(member)})::bigint - (d.before ->> ${sql.lit(member)})::bigint)`;
}
