/** The commands of sourcing: why an item has what it has, and the rules that decide which warehouse serves what. */
import type { Command } from 'commander';
import type { ExitCode } from '../command.ts';
import { JSON_FLAG } from '../purchasing/program-purchasing.ts';
import { type ExplainFlags, runExplain } from './explain.ts';
import { type NewRulesFlags, type RulesFlags, runNewRules, runPlaceRules, runRules } from './show-rules.ts';
import { type DaysFlags, type DryRunFlags, runDryRun, runRuleUses, runShadow } from './try-rules.ts';

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
  const shadow = rules
    .command('shadow')
    .description('compute a rule set beside the one in force, or none, or say what it would have done so far')
    .argument('[version]', 'of a rule set, or none; left out: what the shadow would have done')
    .option('--days <number>', 'orders of so many days until now (default 30)')
    .option(...JSON_FLAG);
  shadow.action(async (version: string | undefined) =>
    exit(await runShadow(version, shadow.optsWithGlobals<DaysFlags>())),
  );
  const uses = rules
    .command('uses')
    .description('count the decisions to which each rule applied, or could not for want of a value')
    .argument('<version>', 'of a rule set')
    .option('--days <number>', 'decisions of so many days until now (default 7)')
    .option(...JSON_FLAG);
  uses.action(async (version: string) => exit(await runRuleUses(version, uses.optsWithGlobals<DaysFlags>())));
  const dry = rules
    .command('dry-run')
    .description('play a rule set against the last orders on a copy of the stock; nothing is written')
    .argument('<version>', 'of a rule set')
    .option('--last <number>', 'so many of the last orders (default 1,000)')
    .option('--orders <file>', 'the orders of this JSON file instead: […] in the form of POST /v1/orders')
    .option(...JSON_FLAG);
  dry.action(async (version: string) => exit(await runDryRun(version, dry.optsWithGlobals<DryRunFlags>())));
}
