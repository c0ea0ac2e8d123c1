/**
 * Where proofs find real data: the folder ALLOT_DATA, by default ../shared/data seen from the project. The files are
 * never part of the project; a proof without them says so and fails.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const DEFAULT_FOLDER = '../shared/data';

/** The path of a data file; a path given on the command line is taken from the working folder. */
export function dataFile(name: string, given?: string): string {
  const folder = resolve(PROJECT, process.env['ALLOT_DATA'] ?? DEFAULT_FOLDER);
  const path = given === undefined ? join(folder, name) : resolve(given);
  if (!existsSync(path)) {
    throw new Error(`${path} is not there: set ALLOT_DATA to the folder that has it, or name another file`);
  }
  return path;
}
