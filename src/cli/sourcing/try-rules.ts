/** `allot rules …`: what a rule set would change, by a dry run or as a shadow, and how often its rules applied. */
import type { z } from 'zod';
import type { Client } from '../../contract/call.ts';
import { type BodyOf, OPERATIONS } from '../../contract/operations.ts';
import type { RuleSetComparison, SourcingSums } from '../../contract/sourcing/rule-sets.ts';
import { type ExitCode, grouped, say, sayJson } from '../command.ts';
import { CommandError } from '../failure.ts';
import { ask, withOwnNode } from '../own-node.ts';
import { type Cell, renderTable } from '../table.ts';
import { type RulesFlags, readJson, versionOf } from './show-rules.ts';

export interface DryRunFlags extends RulesFlags {
  readonly last?: string;
  readonly orders?: string;
}

export interface DaysFlags extends RulesFlags {
  readonly days?: string;
}

export async function runDryRun(version: string, flags: DryRunFlags): Promise<ExitCode> {
  const body = await dryRunBody(flags);
  const compared = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'dryRunRuleSet', { params: { version: versionOf(version) }, body }),
  );
  sayComparison(compared, flags);
  return 0;
}

async function dryRunBody({ last, orders }: DryRunFlags): Promise<BodyOf<'dryRunRuleSet'>> {
  const schema = OPERATIONS.dryRunRuleSet.body;
  if (orders !== undefined)
    return { ...schema.parse({}), orders: await readJson(orders, schema.shape.orders) };
  const checked = schema.safeParse(last === undefined ? {} : { lastOrders: Number(last) });
  if (checked.success) return checked.data;
  throw new CommandError(`--last is '${last}'; accepted: a whole number from 1 to 10,000`);
}

const FIGURES = [
  { head: '' },
  { head: 'in force', align: 'right' },
  { head: 'asked about', align: 'right' },
  { head: 'difference', align: 'right' },
] as const;

function sayComparison(compared: RuleSetComparison, { json }: RulesFlags): void {
  if (json === true) {
    sayJson(compared);
    return;
  }
  const { orders, differing, before, after, examples } = compared;
  say(`${grouped(orders)} orders, ${grouped(differing)} of them served otherwise`);
  say(renderTable(FIGURES, figureRows(before, after)));
  for (const { number, before: was, after: would } of examples) {
    say(`${number}: ${placesOf(was)} -> ${placesOf(would)}`);
  }
}

function figureRows(before: SourcingSums, after: SourcingSums): Cell[][] {
  const rows: [string, number | null, number | null][] = [
    ['shipments', before.shipments, after.shipments],
    ['kilometres', Math.round(before.kilometres), Math.round(after.kilometres)],
    ['cost in minor units', before.cost, after.cost],
    ['served units', before.servedUnits, after.servedUnits],
    ['waiting units', before.waitingUnits, after.waitingUnits],
  ];
  return rows.map(([name, was, would]) => [
    name,
    was,
    would,
    was === null || would === null ? null : would - was,
  ]);
}

function placesOf({ warehouses, waitingUnits }: RuleSetComparison['examples'][number]['before']): string {
  const served = warehouses.map(({ warehouse, units }) => `${warehouse} ${units}`);
  return [...served, ...(waitingUnits > 0 ? [`waits ${waitingUnits}`] : [])].join(', ') || 'nothing';
}

export async function runShadow(version: string | undefined, flags: DaysFlags): Promise<ExitCode> {
  if (version === undefined) {
    await sayShadow(flags);
    return 0;
  }
  const asked = version === 'none' ? null : versionOf(version);
  const placed = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'placeShadowRuleSet', { body: { version: asked } }),
  );
  if (flags.json === true) sayJson(placed);
  else say(`shadow: ${placed.shadow ?? 'none'}`);
  return 0;
}

async function sayShadow(flags: DaysFlags): Promise<void> {
  const query = daysOf(flags, OPERATIONS.getShadowReport.query);
  const report = await withOwnNode({ flags, fills: false }, async ({ client }) => {
    const params = { version: await shadowOf(client) };
    return await ask(client, 'getShadowReport', { params, query });
  });
  if (flags.json !== true) say(`rule set ${report.version}, computed beside the one in force`);
  sayComparison(report, flags);
  if (flags.json !== true && report.refused > 0) {
    say(`${grouped(report.refused)} of them would have been refused`);
  }
}

/** Versions on one page of the list. */
const PAGE = 200;

async function shadowOf(client: Client): Promise<number> {
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const { rows, nextCursor } = await ask(client, 'listRuleSets', { query });
    const shadow = rows.find((row) => row.shadow);
    if (shadow !== undefined) return shadow.version;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  throw new CommandError('no rule set is the shadow; begin with: allot rules shadow VERSION');
}

function daysOf<Schema extends z.ZodType>({ days }: DaysFlags, schema: Schema): z.output<Schema> {
  const checked = schema.safeParse(days === undefined ? {} : { days });
  if (checked.success) return checked.data;
  throw new CommandError(`--days is '${days}'; accepted: a whole number from 1 to 365`);
}

const USES = [
  { head: 'code' },
  { head: 'name' },
  { head: 'applied', align: 'right' },
  { head: 'missed a value', align: 'right' },
] as const;

export async function runRuleUses(version: string, flags: DaysFlags): Promise<ExitCode> {
  const query = daysOf(flags, OPERATIONS.getRuleUses.query);
  const uses = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'getRuleUses', { params: { version: versionOf(version) }, query }),
  );
  if (flags.json === true) {
    sayJson(uses);
    return 0;
  }
  say(`${grouped(uses.decisions)} decisions in the last ${query.days} days`);
  const rows = uses.rules.map((rule): Cell[] => [rule.code, rule.name, rule.applied, rule.missed]);
  say(renderTable(USES, rows));
  return 0;
}
