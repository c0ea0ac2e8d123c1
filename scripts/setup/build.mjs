/**
 * The compiled program in dist/, when it is not what the sources say: the server of src/, and the dashboard
 * of web/.
 *
 * Decision: each part is compared by itself, so that a change to the server does not build the dashboard
 * again, which takes most of the time; of src/ the dashboard is made of what its files import. Compared by
 * content, not by time, because a checkout of another commit may well be older than the last build. The hash
 * is written last, so a build that was interrupted is done again. What a part left behind is removed first: a
 * file that left the sources must not live on there.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { announced, run } from './command.mjs';

const ADVICE = 'The program could not be built. Correct what the compiler names below.';
const COMPILER = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
const BUNDLER = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];

/** Of each part: what it is made of, which entries of dist/ are its own, and the program that makes it. */
const PARTS = [
  {
    what: 'Building the server',
    mark: '.allot-server',
    sources: async (root) => [
      ...(await filesBelow(root, 'src')),
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ],
    owns: (name) => name !== 'web' && name !== '.allot-dashboard',
    program: COMPILER,
  },
  {
    what: 'Building the dashboard',
    mark: '.allot-dashboard',
    sources: async (root) => [
      ...(await withImports(root, [...(await filesBelow(root, 'web')), 'vite.config.ts'])),
      'package-lock.json',
      'tsconfig.json',
    ],
    owns: (name) => name === 'web' || name === '.allot-dashboard',
    program: BUNDLER,
  },
];

export async function ensureBuild(root) {
  for (const part of PARTS) await ensurePart(root, part);
}

async function ensurePart(root, { what, mark, sources, owns, program }) {
  const dist = join(root, 'dist');
  const hash = await hashOf(root, await sources(root));
  if ((await readFile(join(dist, mark), 'utf8').catch(() => '')) === hash) return;
  await announced(what, async () => {
    const old = (await readdir(dist).catch(() => [])).filter(owns);
    for (const name of old) await rm(join(dist, name), { recursive: true, force: true });
    await run(process.execPath, program, { cwd: root, advice: ADVICE });
    await writeFile(join(dist, mark), hash);
  });
}

/** All files below a folder but its tests, as paths from the root. */
async function filesBelow(root, folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/**
 * The files, and whatever of the project they import, near or far: every import names its file
 * (test/house/imports).
 */
async function withImports(root, files) {
  const found = new Set(files);
  for (const file of found) {
    if (!/\.(ts|tsx)$/.test(file)) continue;
    const text = await readFile(join(root, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g)) {
      found.add(join(dirname(file), path));
    }
  }
  return [...found];
}

async function hashOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\0`).update(await readFile(join(root, file)));
  return hash.digest('hex');
}
