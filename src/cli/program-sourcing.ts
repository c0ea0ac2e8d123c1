/** The commands of sourcing: why an item has what it has, and the rules that decide which warehouse serves what. */
import type { Command } from 'commander';
import type { ExitCode } from './command.ts';
import { type ExplainFlags, runExplain } from './explain.ts';
import { JSON_FLAG } from './program-purchasing.ts';
import {
  type DryRunFlags,
  type NewRulesFlags,
  type RulesFlags,
  runDryRun,
  runNewRules,
  runPlaceRules,
  runRules,
} from './show-rules.ts';

type Exit = (code: ExitCode) => void;

export function addSourcing(program: Command, exit: Exit): void {
  const explain = program
    .command('explain')
    .description('say in words why an order item has what it has, and what the rest waits for')
    .argument('<item>', 'ORDER/LINE such as 1187/2, or ORDER for all of its lines')
    .option(...JSON_FLAG);
  explain.action(async (item: string) =>
    exit(await runExplain(item, explain.optsWithGlobals<ExplainFlags>())),
  );
  const rules = program.command('rules').description('sourcing rules: which warehouse serves what');
  addRuleSets(rules, exit);
  addTrials(rules, exit);
}

function addRuleSets(rules: Command, exit: Exit): void {
  const list = rules
    .command('list', { isDefault: true })
    .description('list the rule sets, or show the rules of one')
    .argument('[version]', 'of a rule set')
    .option(...JSON_FLAG);
  list.action(async (version: string | undefined) =>
    exit(await runRules(version, list.optsWithGlobals<RulesFlags>())),
  );
  const make = rules
    .command('new')
    .description('make a rule set from a JSON file: {"note": …, "rules": […]}; it is not in force yet')
    .argument('<file>', 'the JSON file, in the form of POST /v1/rule-sets')
    .option('--live', 'put it in force at once')
    .option(...JSON_FLAG);
  make.action(async (file: string) => exit(await runNewRules(file, make.optsWithGlobals<NewRulesFlags>())));
  const live = rules
    .command('live')
    .description('put a rule set in force')
    .argument('<version>', 'of a rule set, or none')
    .option(...JSON_FLAG);
  live.action(async (version: string) =>
    exit(await runPlaceRules(version, live.optsWithGlobals<RulesFlags>())),
  );
}

function addTrials(rules: Command, exit: Exit): void {
  const dry = rules
    .command('dry-run')
    .description('play a rule set against the last orders on a copy of the stock; nothing is written')
    .argument('<version>', 'of a rule set')
    .option('--last <number>', 'so many of the last orders (default 1,000)')
    .option('--orders <file>', 'the orders of this JSON file instead: […] in the form of POST /v1/orders')
    .option(...JSON_FLAG);
  dry.action(async (version: string) => exit(await runDryRun(version, dry.optsWithGlobals<DryRunFlags>())));
}
