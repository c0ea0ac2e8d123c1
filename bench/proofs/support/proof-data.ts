/**
 * Where proofs find real data: the folder ALLOT_DATA, by default ../shared/data seen from the project. The files are
 * never part of the project; a proof without them says so and fails.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const DEFAULT_FOLDER = '../shared/data';

/** A file of real data is not on this machine; the message says what to do. */
class MissingDataError extends Error {
  override readonly name = 'MissingDataError';
}

/** The path of a data file; a path given on the command line is taken from the working folder. */
export function dataFile(name: string, given?: string): string {
  const folder = resolve(PROJECT, process.env['ALLOT_DATA'] ?? DEFAULT_FOLDER);
  const path = given === undefined ? join(folder, name) : resolve(given);
  if (!existsSync(path)) {
    throw new MissingDataError(
      `${path} is not there: set ALLOT_DATA to the folder that has it, or name another file`,
    );
  }
  return path;
}

/** Runs a proof and leaves its verdict as the exit code; without its data it fails with one clear line. */
export async function runProof(prove: () => Promise<0 | 1>): Promise<void> {
  try {
    process.exitCode = await prove();
  } catch (error) {
    if (!(error instanceof MissingDataError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
