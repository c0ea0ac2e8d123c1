/** Rule sets as they are shown: one whole, or a list of them, the newest first. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { RuleSetView } from '../../contract/sourcing/rule-sets.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import type { Database, Tx } from '../../db/database.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type RuleSetRow = AnswerOf<'listRuleSets'>['rows'][number];

const HEAD = sql`
  r.version, r.note, r.created_at as "createdAt",
  r.version is not distinct from c.live_rule_set as live,
  r.version is not distinct from c.shadow_rule_set as shadow`;

export async function readRuleSetView(db: Database | Tx, version: number): Promise<RuleSetView | undefined> {
  const { rows } = await sql<Omit<RuleSetView, 'createdAt'> & { createdAt: Instant }>`
    select ${HEAD}, r.rules from rule_sets r cross join configuration c
    where r.version = ${version}`.execute(db);
  const [row] = rows;
  return row && { ...row, createdAt: isoInstant(row.createdAt) };
}

export async function listRuleSets(db: Database, query: QueryOf<'listRuleSets'>): Promise<Page<RuleSetRow>> {
  const after = afterRow(query.cursor, { columns: [sql`r.version`], direction: 'down', places: ['int'] });
  const { rows } = await sql<Omit<RuleSetRow, 'createdAt'> & { createdAt: Instant }>`
    select ${HEAD}, jsonb_array_length(r.rules) as rules,
      (select count(*) from jsonb_array_elements(r.rules) as rule where (rule->>'enabled')::boolean) as "enabledRules"
    from rule_sets r cross join configuration c
    where ${after}
    order by r.version desc limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.version]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, createdAt: isoInstant(row.createdAt) })) };
}

/** How often each rule of a set applied, or missed a value; undefined when there is no such set. */
export async function readRuleUses(
  db: Database,
  { version, days }: { readonly version: number; readonly days: number },
): Promise<AnswerOf<'getRuleUses'> | undefined> {
  const set = await readRuleSetView(db, version);
  if (set === undefined) return undefined;
  const { rows } = await sql<{ decisions: number; code: string | null; applied: number; missed: number }>`
    with decided as materialized (
      select explanation -> 'rules' as rules from item_events
      where recorded_at > clock_timestamp() - make_interval(days => ${days}::int)
        and explanation -> 'rules' -> 'version' = to_jsonb(${version}::int))
    select 0 as decisions, code, count(*) filter (where applied)::int as applied,
      count(*) filter (where not applied)::int as missed
    from (
      select jsonb_array_elements_text(rules -> 'applied') as code, true as applied from decided
      union all
      select jsonb_array_elements_text(rules -> 'missed'), false from decided) as uses
    group by code
    union all
    select count(*)::int, null, 0, 0 from decided`.execute(db);
  const uses = new Map(rows.map((row) => [row.code, row]));
  return {
    decisions: uses.get(null)?.decisions ?? 0,
    rules: set.rules.map(({ code, name }) => ({
      code,
      name,
      applied: uses.get(code)?.applied ?? 0,
      missed: uses.get(code)?.missed ?? 0,
    })),
  };
}
