/**
 * The build looks at each part by itself. The compilers here are two lines each: what is asked is which of
 * them runs.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BUILD = new URL('../../scripts/setup/build.mjs', import.meta.url).href;
const FILES = {
  'node_modules/typescript/bin/tsc':
    "const fs = require('node:fs'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/main.js', '');",
  'node_modules/vite/bin/vite.js':
    "const fs = require('node:fs'); fs.mkdirSync('dist/web', { recursive: true }); fs.writeFileSync('dist/web/index.html', '');",
  'package-lock.json': '{}',
  'tsconfig.json': '{}',
  'tsconfig.build.json': '{}',
  'vite.config.ts': "import { OPERATIONS } from './src/contract/operations.ts';",
  'src/main.ts': "import './stock.ts';",
  'src/stock.ts': '// stock',
  'src/contract/operations.ts': "export { UNITS } from '../core/units.ts';",
  'src/core/units.ts': 'export const UNITS = 1;',
  'web/main.tsx': "const page = import('./page.tsx');",
  'web/page.tsx': '// a page',
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'allot-build-'));
  for (const [path, text] of Object.entries(FILES)) await write(path, text);
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** @returns what was built, in the words of the terminal */
async function build(): Promise<string[]> {
  const program = `import { ensureBuild } from '${BUILD}'; await ensureBuild(process.argv[1]);`;
  const args = ['--input-type=module', '--eval', program, root];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return [...stdout.matchAll(/^Building the (\w+) /gm)].map(([, part]) => part ?? '');
}

test('a fresh checkout builds both parts, and a second look builds nothing', async () => {
  expect(await build()).toEqual(['server', 'dashboard']);
  expect(await build()).toEqual([]);
  expect((await readdir(join(root, 'dist'))).sort()).toEqual([
    '.allot-dashboard',
    '.allot-server',
    'main.js',
    'web',
  ]);
});

test('a change to the server leaves the dashboard as it is', async () => {
  await build();
  await write('dist/left-behind.js', '');
  await write('src/stock.ts', '// stock, changed');
  expect(await build()).toEqual(['server']);
  expect(await readdir(join(root, 'dist'))).not.toContain('left-behind.js');
  expect(await readdir(join(root, 'dist', 'web'))).toEqual(['index.html']);
});

test('a change to a page leaves the server as it is', async () => {
  await build();
  await write('web/page.tsx', '// a page, changed');
  expect(await build()).toEqual(['dashboard']);
});

test('a change to what pages and server share builds both', async () => {
  await build();
  await write('src/core/units.ts', 'export const UNITS = 2;');
  expect(await build()).toEqual(['server', 'dashboard']);
});
