/**
 * The npm packages: exactly those of package-lock.json.
 *
 * Decision: a mark in node_modules holds the hash of the lock file it was last found to agree with, so the usual
 * case is one hash. Without the mark, npm's own record of what it installed is compared, so that a plain `npm ci`
 * or `npm install` before is not repeated. Only when that differs `npm ci` runs.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announced, run } from './command.mjs';

const MARK = 'node_modules/.allot-setup';
const INSTALLED = 'node_modules/.package-lock.json';

export async function ensurePackages(root) {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(`${process.platform}-${process.arch} ${lock}`).digest('hex');
  if ((await readOr(join(root, MARK))) === hash) return;
  const installed = await readOr(join(root, INSTALLED));
  if (installed === undefined || !agree(JSON.parse(lock), JSON.parse(installed))) {
    await announced('Installing packages (npm ci)', () => install(root));
  }
  await writeFile(join(root, MARK), hash);
}

/** Whether what is installed is what the lock file says; packages of other platforms are rightly absent. */
function agree(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const missing = wanted.some(([path, { version, optional }]) => {
    const found = installed.packages[path];
    return found === undefined ? optional !== true : found.version !== version;
  });
  return !missing && Object.keys(installed.packages).every((path) => path in lock.packages);
}

async function install(root) {
  // The npm that started us, if one did: on some systems there are several.
  const npm = process.env.npm_execpath;
  const [program, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const advice =
    'The packages could not be installed. Check the connection to your npm registry and that this folder belongs to you, then run "npm run setup" again.';
  await run(program, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, advice });
}

async function readOr(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
