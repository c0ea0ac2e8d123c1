/**
 * Which products are likely to run short soon, and why; what was said each day is kept and judged when its
 * days are over.
 */
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { RiskReason } from '../../contract/reports/reports.ts';
import { type ShortageRisk, shortageRisk } from '../../core/supply/shortage-risk.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import {
  areScoresKept,
  judgeScores,
  keepScores,
  type RiskFacts,
  readRiskFacts,
} from '../../db/supply/risk-scores.ts';
import type { App } from '../frame/app.ts';

type Row = AnswerOf<'listAtRisk'>['rows'][number];

/** Days that are said each day and judged later. */
const KEPT_DAYS = 14;
/** Scores written in one statement. */
const PAGE = 5_000;

function riskOf(facts: RiskFacts, days: number): ShortageRisk & { readonly perDay: number } {
  const perDay = facts.units / facts.demandDays;
  const variance = Math.max(0, facts.squares / facts.demandDays - perDay * perDay);
  const arrivals = facts.arrivals.map(([inDays, units]) => ({ inDays, units }));
  const free = facts.available - facts.waiting;
  return { perDay, ...shortageRisk({ free, perDay, variance, arrivals, days }) };
}

export async function listAtRisk(tx: Tx, query: QueryOf<'listAtRisk'>): Promise<AnswerOf<'listAtRisk'>> {
  const facts = await readRiskFacts(tx, query);
  const rows = facts
    .map((each) => ({ facts: each, ...riskOf(each, query.days) }))
    .filter(({ risk }) => risk >= query.from)
    .sort((a, b) => b.risk - a.risk || b.perDay - a.perDay || (a.facts.sku < b.facts.sku ? -1 : 1));
  return {
    rows: rows.slice(0, query.limit).map(({ facts: each, ...risk }) => rowOf(each, risk, query.days)),
    products: rows.length,
  };
}

function rowOf(facts: RiskFacts, { perDay, risk, runsOutIn }: ReturnType<typeof riskOf>, days: number): Row {
  const next = [...facts.arrivals].sort((a, b) => a[0] - b[0])[0];
  const row = {
    sku: facts.sku,
    name: facts.name,
    supplier: facts.supplier,
    risk,
    available: facts.available,
    waiting: facts.waiting,
    perDay,
    runsOutIn: runsOutIn === null ? null : Math.floor(runsOutIn),
    nextInDays: next?.[0] ?? null,
    nextUnits: next?.[1] ?? null,
    leadDays: facts.leadDays,
  };
  return { ...row, why: whyOf(row, days) };
}

function whyOf(row: Omit<Row, 'why'>, days: number): RiskReason[] {
  const { available, waiting, perDay, runsOutIn, nextInDays, nextUnits, leadDays } = row;
  const isLate = nextInDays === null || nextInDays > (runsOutIn ?? days);
  return [
    waiting > 0
      ? { code: 'waits', waiting, available }
      : { code: 'stock_lasts', available, perDay: rounded(perDay), days: runsOutIn },
    nextInDays === null || nextUnits === null
      ? { code: 'nothing_coming' }
      : { code: 'next_comes', units: nextUnits, inDays: nextInDays },
    ...(leadDays === null ? [{ code: 'nobody_sells_it' as const }] : []),
    ...(leadDays !== null && isLate ? [{ code: 'ordered_today_arrives' as const, inDays: leadDays }] : []),
  ];
}

function rounded(perDay: number): number {
  return perDay >= 10 ? Math.round(perDay) : Math.round(perDay * 10) / 10;
}

/** Once a day: judges what was said before, and says it for the days to come. */
export async function scoreRisksDaily(app: App): Promise<void> {
  await inTransaction(app.db, judgeScores);
  if (await areScoresKept(app.db)) return;
  const facts = await readRiskFacts(app.db);
  const scores = facts.map((each) => ({
    product: each.product,
    permille: Math.round(riskOf(each, KEPT_DAYS).risk * 1000),
  }));
  for (let from = 0; from < scores.length; from += PAGE) {
    await inTransaction(app.db, (tx) => keepScores(tx, scores.slice(from, from + PAGE), KEPT_DAYS));
  }
}
