/**
 * The compiled program in dist/, when it is not what src/ and web/ say.
 *
 * Decision: compared by content, not by time, because a checkout of another commit may well be older than the last
 * build. The hash is written last, so a build that was interrupted is done again. dist/ is emptied first: a file that
 * left them must not live on there.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announced, run } from './command.mjs';

const MARK = 'dist/.allot-build';
/** Besides src/: what else decides about the result. */
const ALSO = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];

export async function ensureBuild(root) {
  const hash = await hashOfSources(root);
  if ((await readFile(join(root, MARK), 'utf8').catch(() => '')) === hash) return;
  await announced('Building', async () => {
    const advice = 'The program could not be built. Correct what the compiler names below.';
    const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
    await rm(join(root, 'dist'), { recursive: true, force: true });
    const bundler = join('node_modules', 'vite', 'bin', 'vite.js');
    await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, advice });
    await run(process.execPath, [bundler, 'build', '--logLevel', 'warn'], { cwd: root, advice });
    await writeFile(join(root, MARK), hash);
  });
}

async function hashOfSources(root) {
  const folders = ['src', 'web'].map((name) =>
    readdir(join(root, name), { recursive: true, withFileTypes: true }),
  );
  const found = (await Promise.all(folders)).flat();
  const files = found
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), ...ALSO.map((name) => join(root, name))]) {
    hash.update(`${file.slice(root.length)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}
