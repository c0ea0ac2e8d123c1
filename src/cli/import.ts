/**
 * `allot import KIND FILE`: good rows are kept, bad ones go to FILE.rejects.csv with line, column and problem. It speaks
 * by the typed client to a node of the command's own.
 */
import { randomUUID } from 'node:crypto';
import type { ImportKind } from '../contract/imports.ts';
import { code } from '../contract/values.ts';
import { openDatabase } from '../db/database.ts';
import { ImportError } from '../imports/import-error.ts';
import { sizeOf } from '../imports/import-file.ts';
import { RejectFile } from '../imports/import-rejects.ts';
import type { ImportResult } from '../imports/import-result.ts';
import { importFile, whyNoChannel } from '../imports/run-import.ts';
import { readStatus } from '../reads/status.ts';
import { type ExitCode, type GlobalFlags, grouped, remark, say, sayJson } from './command.ts';
import { CommandError } from './failure.ts';
import { withOwnNode } from './own-node.ts';
import { startProgress } from './progress.ts';

export interface ImportFlags extends GlobalFlags {
  readonly channel?: string;
  /** The name of a run that was interrupted. */
  readonly run?: string;
  readonly json?: boolean;
}

/** How long an import waits for the fills it caused; the next node goes on with what is left. */
const FILL_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

export async function runImport(kind: ImportKind, file: string, flags: ImportFlags): Promise<ExitCode> {
  if (flags.channel !== undefined) refuseChannel(kind);
  const run = flags.run ?? randomUUID();
  if (!code.safeParse(run).success) {
    throw new CommandError(
      `--run is ${run}: letters, digits, dot, dash and underscore, at most 64, as it was said`,
    );
  }
  await sizeOf(file); // a file that is not there is said before a database is started
  return await withOwnNode({ flags, fills: true }, async ({ client, databaseUrl }) => {
    const rejects = new RejectFile(file);
    const progress = startProgress({ label: `import ${kind}`, total: await sizeOf(file), unit: 'bytes' });
    const advance = (bytes: number) => progress.advance(bytes);
    const task = { kind, file, channel: flags.channel, run, rejects, advance };
    const result = await goOnUnder(run, () => importFile(task, client)).finally(() => progress.finish());
    await awaitFills(databaseUrl);
    sayResult(
      { kind, file, rejectFile: rejects.count === 0 ? null : rejects.path },
      result,
      flags.json === true,
    );
    return result.rejected === 0 ? 0 : 2;
  });
}

/** Says how an import that breaks off goes on. */
async function goOnUnder<T>(run: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ImportError))
      remark(`import: to go on where it ended: the same command with --run ${run}`);
    throw error;
  }
}

function refuseChannel(kind: ImportKind): void {
  const why = whyNoChannel(kind);
  if (why !== undefined) throw new CommandError(`--channel says nothing about ${kind}: ${why}`);
}

/** What this import made free has been given out when the command ends, as far as that is soon. */
async function awaitFills(url: string): Promise<void> {
  const db = openDatabase({ url, connections: 1 });
  try {
    const until = performance.now() + FILL_PATIENCE_MS;
    while (performance.now() < until) {
      if ((await readStatus(db)).fillsOutstanding === 0) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    remark('import: some waiting items are still being filled; the next server goes on with it');
  } finally {
    await db.destroy();
  }
}

interface Imported {
  readonly kind: ImportKind;
  readonly file: string;
  readonly rejectFile: string | null;
}

function sayResult({ kind, file, rejectFile }: Imported, result: ImportResult, json: boolean): void {
  const { imported, repeated, rejected } = result;
  if (json) {
    sayJson({ kind, file, imported, repeated, rejected, rejectFile });
    return;
  }
  const parts = [`${grouped(imported)} rows imported`];
  if (repeated > 0) parts.push(`${grouped(repeated)} had been imported before`);
  if (rejectFile !== null) parts.push(`${grouped(rejected)} rejected, see ${rejectFile}`);
  say(`import ${kind}: ${parts.join(', ')}`);
}
