/**
 * `npm run dev`: starts, gives out pages that reach the server, starts the server anew when a source changes,
 * and ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let database: TestDatabase;
let dev: ChildProcess;
let output = '';

beforeAll(async () => {
  database = await createDatabase();
  dev = spawn(process.execPath, ['--import', 'tsx', 'scripts/dev.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
});

afterAll(async () => {
  if (dev.exitCode === null) dev.kill('SIGKILL');
  await database.drop();
});

async function said(sign: RegExp): Promise<string> {
  const match = await eventually(String(sign), async () => {
    if (dev.exitCode !== null) throw new Error(`npm run dev ended:\n${output}`);
    return sign.exec(output) ?? undefined;
  });
  return match[1] ?? match[0];
}

/** As an editor that saves without a change. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(`${ROOT}${path}`, now, now);
}

test('pages and server follow their sources until it is told to end', async () => {
  const pages = await said(/Pages: (http:\S+?)\/? /);
  expect(await (await fetch(`${pages}/orders`)).text()).toContain('/main.tsx');
  const asked = await fetch(`${pages}/v1/sales-channels`, { headers: { origin: pages } });
  expect([asked.status, await asked.json()]).toEqual([200, expect.objectContaining({ rows: [] })]);
  const foreign = await fetch(`${pages}/v1/sales-channels`, { headers: { origin: 'http://127.0.0.1:1' } });
  expect(foreign.status).toBe(403);

  output = '';
  await touch('src/http/health.ts');
  await said(/Allot listens on/);
  expect((await fetch(`${pages}/v1/sales-channels`)).status).toBe(200);

  await fetch(`${pages}/main.tsx`);
  output = '';
  await touch('web/main.tsx');
  await said(/page reload|hmr update/);

  const ended = once(dev, 'exit');
  dev.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(pages)).rejects.toThrow();
});
