/** The form of a commit, as scripts/hooks/commit-msg has it checked. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allot-commit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** @returns what is to be done about it, a line each; empty when the message is as it should be */
async function complaints(message: string): Promise<string> {
  const file = join(folder, 'message');
  await writeFile(file, message);
  return await new Promise((done) => {
    execFile('sh', ['scripts/hooks/commit-msg', file], { cwd: ROOT }, (_, __, complained) =>
      done(complained),
    );
  });
}

const WHY = '\n\nBecause it was wrong.\n# a comment of git\n';

test.each([
  `stock: Count what is there${WHY}`,
  `rules and dates: Say why${WHY}`,
  'fixup! stock: Count',
  "Merge branch 'x'",
])('accepted: %j', async (message) => {
  expect(await complaints(message)).toBe('');
});

test.each([
  [`Count what is there${WHY}`, 'begin with "area: Imperative sentence"'],
  [`stock: count what is there${WHY}`, 'begin with "area: Imperative sentence"'],
  [`stock: Count ${'very '.repeat(13)}much${WHY}`, 'say it in 72 characters'],
  [`stock: Count what is there.${WHY}`, 'leave out the full stop'],
  ['stock: Count what is there\nBecause it was wrong.\n\nYes.', 'leave the second line empty'],
  ['stock: Count what is there\n\n# a comment of git\n', 'say why'],
])('refused: %j', async (message, what) => {
  expect(await complaints(message)).toContain(`commit message: ${what}`);
});
