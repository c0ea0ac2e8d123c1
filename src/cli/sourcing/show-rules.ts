/** `allot rules …`: the rule sets there are, a new one from a file, and what is in force. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type AnswerOf, OPERATIONS } from '../../contract/operations.ts';
import type { SourcingRuleView } from '../../contract/sourcing/sourcing-rules.ts';
import { type ExitCode, type GlobalFlags, say, sayJson } from '../command.ts';
import { CommandError } from '../failure.ts';
import { ask, withOwnNode } from '../own-node.ts';
import { words } from '../purchasing/show-purchase-orders.ts';
import { type Cell, renderTable } from '../table.ts';

export interface RulesFlags extends GlobalFlags {
  readonly json?: boolean;
}

export interface NewRulesFlags extends RulesFlags {
  readonly live?: boolean;
}

const SETS = [
  { head: 'version', align: 'right' },
  { head: 'made' },
  { head: 'rules', align: 'right' },
  { head: 'enabled', align: 'right' },
  { head: 'place' },
  { head: 'note' },
] as const;

const RULES = [
  { head: 'order', align: 'right' },
  { head: 'code' },
  { head: 'name' },
  { head: 'enabled' },
  { head: 'stop' },
  { head: 'when' },
  { head: 'does' },
] as const;

export async function runRules(version: string | undefined, flags: RulesFlags): Promise<ExitCode> {
  await withOwnNode({ flags, fills: false }, async ({ client }) => {
    if (version === undefined) {
      const { rows } = await ask(client, 'listRuleSets', { query: { limit: 200 } });
      if (flags.json === true) sayJson(rows);
      else if (rows.length === 0) say("no rule sets: each channel's order of preference decides");
      else say(renderTable(SETS, rows.map(setCells)));
      return;
    }
    const set = await ask(client, 'getRuleSet', { params: { version: versionOf(version) } });
    if (flags.json === true) sayJson(set);
    else say(renderTable(RULES, set.rules.map(ruleCells)));
  });
  return 0;
}

function setCells(row: AnswerOf<'listRuleSets'>['rows'][number]): Cell[] {
  return [row.version, row.createdAt, row.rules, row.enabledRules, placeOf(row), row.note];
}

function placeOf({ live, shadow }: AnswerOf<'listRuleSets'>['rows'][number]): string {
  return [...(live ? ['in force'] : []), ...(shadow ? ['shadow'] : [])].join(', ');
}

function ruleCells(rule: SourcingRuleView): Cell[] {
  const { filters, strategies } = rule;
  const does = [...filters, ...strategies].map(({ kind }) => words(kind));
  const when = [...rule.channels, ...(rule.condition === null ? [] : [rule.condition])].join(' · ');
  return [
    rule.sortOrder,
    rule.code,
    rule.name,
    rule.enabled ? 'yes' : 'no',
    rule.stop ? 'yes' : '',
    when === '' ? 'always' : when,
    does.join(', '),
  ];
}

export function versionOf(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new CommandError(`'${text}' is not the version of a rule set; accepted: a whole number such as 3`);
}

export async function runNewRules(file: string, flags: NewRulesFlags): Promise<ExitCode> {
  const body = await readJson(file, OPERATIONS.createRuleSet.body);
  await withOwnNode({ flags, fills: flags.live === true }, async ({ client }) => {
    const made = await ask(client, 'createRuleSet', { body });
    if (flags.live === true) await ask(client, 'placeLiveRuleSet', { body: { version: made.version } });
    if (flags.json === true) sayJson(made);
    else
      say(`rule set ${made.version}: ${made.rules.length} rules${flags.live === true ? ', in force' : ''}`);
  });
  return 0;
}

export async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CommandError(`cannot read ${file}: ${error.message}`);
  });
  const checked = schema.safeParse(parse(file, text));
  if (checked.success) return checked.data;
  throw new CommandError(`${file} is not accepted:\n${z.prettifyError(checked.error)}`);
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export async function runPlaceRules(text: string, flags: RulesFlags): Promise<ExitCode> {
  const version = text === 'none' ? null : versionOf(text);
  const placed = await withOwnNode({ flags, fills: true }, ({ client }) =>
    ask(client, 'placeLiveRuleSet', { body: { version } }),
  );
  if (flags.json === true) sayJson(placed);
  else say(`in force: ${placed.live ?? 'none'}`);
  return 0;
}
