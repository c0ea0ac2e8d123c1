/** A worker ends when its parent dies without a word, even one that would never end by itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';

const BUILT = new URL('../../dist/platform/worker-process.js', import.meta.url).href;

const WORKER = `
  import { serveParent } from '${BUILT}';
  const parent = serveParent(() => undefined, () => new Promise(() => undefined));
  setInterval(() => undefined, 1000);
  parent.send({ pid: process.pid });
`;
const PARENT = `
  import { WorkerProcess } from '${BUILT}';
  new WorkerProcess(new URL('./worker.mjs', import.meta.url), {
    onMessage: ({ pid }) => process.stdout.write(String(pid) + '\\n'),
    onEnd: () => undefined,
  });
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allot-worker-'));
  await writeFile(join(folder, 'worker.mjs'), WORKER);
  await writeFile(join(folder, 'parent.mjs'), PARENT);
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** One that has ended and is not yet cleared away is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !stat.includes(') Z ');
}

it('ends with its parent, though it is stuck', async () => {
  const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const worker = Number(String(said).trim());
  expect(await isAlive(worker)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await eventually('the worker ends', async () => ((await isAlive(worker)) ? undefined : true));
});
