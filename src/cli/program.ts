/**
 * The command table: what `allot` can do, with which flags. Flags are texts here; each command has them checked by
 * platform/config, so that a wrong flag and a wrong environment variable get the same kind of answer.
 */
import { Argument, Command } from 'commander';
import { IMPORT_KINDS, type ImportKind } from '../contract/imports.ts';
import { columnsHelp } from '../imports/purchasing-columns.ts';
import type { ExitCode, GlobalFlags } from './command.ts';
import { type ExportFlags, runExport } from './export/export.ts';
import { describeFailure } from './failure.ts';
import { type ImportFlags, runImport } from './import.ts';
import { runMigrate } from './migrate.ts';
import { addPurchasing, JSON_FLAG } from './purchasing/program-purchasing.ts';
import { runServe, type ServeFlags } from './serve.ts';
import { type DemoFlags, runShowDemo } from './show-demo.ts';
import { addSourcing } from './sourcing/program-sourcing.ts';
import { runStatus, type StatusFlags } from './status.ts';
import { runVerify, type VerifyFlags } from './verify.ts';
import { programVersion } from './version.ts';

/** Runs the command that the arguments name and sets the exit code. */
export async function runCommandLine(): Promise<void> {
  endQuietlyWhenNobodyReads();
  process.exitCode = await runProgram(process.argv.slice(2));
}

/** Runs one command, says what went wrong, and gives its exit code. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = 0;
  const program = createProgram(await programVersion(), (code) => {
    ended = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    process.stderr.write(`allot: ${describeFailure(error)}\n`);
    return 1;
  }
}

/** `allot export | head` ends when head has seen enough; that is no failure. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

function createProgram(version: string, exit: (code: ExitCode) => void): Command {
  const program = new Command('allot')
    .description('Backorders and pre-orders that keep their promise.')
    .version(version)
    .option(
      '--data <folder>',
      'where the embedded PostgreSQL keeps its data (ALLOT_DATA_DIR, default ./data)',
    )
    .option('--database-url <url>', 'your own PostgreSQL, 15 or later, instead (DATABASE_URL)')
    .showHelpAfterError('(allot --help lists the commands)');
  addServers(program, exit);
  addFiles(program, exit);
  addPurchasing(program, exit);
  addSourcing(program, exit);
  addChecks(program, exit);
  return program;
}

type Exit = (code: ExitCode) => void;

function addServers(program: Command, exit: Exit): void {
  const serve = program
    .command('serve')
    .description('run the API and the fill worker until stopped')
    .option('--port <number>', 'port to listen on, 0 for any free one (default 4400)')
    .option('--host <address>', 'loopback address to listen on (default 127.0.0.1)');
  serve.action(async () => exit(await runServe(serve.optsWithGlobals<ServeFlags>())));
  const demo = program
    .command('demo')
    .description('make a shop, play some thousand orders, show what waited and was filled, and go on serving')
    .option('--once', 'end when the demo is done')
    .option(...JSON_FLAG)
    .option('--orders <file>', 'replay this file of orders instead (Online Retail CSV)')
    .option('--seed <number>', 'another course of the same shop');
  demo.action(async () => exit(await runShowDemo(demo.optsWithGlobals<DemoFlags>())));
}

function addFiles(program: Command, exit: Exit): void {
  const read = program
    .command('import')
    .description('import a CSV file; bad rows go to FILE.rejects.csv with line, column and problem')
    .addArgument(new Argument('<kind>', 'what the file holds').choices(IMPORT_KINDS))
    .argument('<file>', 'the CSV file; its first line names the columns')
    .option(
      '--channel <code>',
      'orders: the channel of rows that name none; products: import policies of this channel',
    )
    .option('--run <name>', 'go on with a run that was interrupted, under the name that it said')
    .option(...JSON_FLAG)
    .addHelpText('after', columnsHelp());
  read.action(async (kind: ImportKind, file: string) =>
    exit(await runImport(kind, file, read.optsWithGlobals<ImportFlags>())),
  );
  const write = program
    .command('export')
    .description('write everything an outsider needs to recompute the laws, as NDJSON with a digest')
    .option('--out <file>', 'write to this file instead of standard output');
  write.action(async () => exit(await runExport(write.optsWithGlobals<ExportFlags>())));
}

function addChecks(program: Command, exit: Exit): void {
  const check = program
    .command('verify')
    .description('check every law that a snapshot can show; exit code 1 when one is broken')
    .option(...JSON_FLAG);
  check.action(async () => exit(await runVerify(check.optsWithGlobals<VerifyFlags>())));
  const upgrade = program.command('migrate').description("bring the database to this version's schema");
  upgrade.action(async () => exit(await runMigrate(upgrade.optsWithGlobals<GlobalFlags>())));
  const status = program
    .command('status')
    .description('versions, items by status, fills outstanding')
    .option(...JSON_FLAG);
  status.action(async () => exit(await runStatus(status.optsWithGlobals<StatusFlags>())));
}
