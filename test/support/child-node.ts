/**
 * An Allot node as a process of its own, for what only a real death shows: started from the built program on a given
 * database, killed without warning, started again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { eventually } from './eventually.ts';

export interface ChildNode {
  readonly client: Client;
  readonly address: string;
  readonly pid: number | undefined;
  /** Ends the process at once, without any chance to finish or tidy up, and waits until it is gone. */
  kill(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(
  address: string,
  child: ChildProcess,
  output: readonly string[],
): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`the node ended by itself:\n${output.join('')}`);
  try {
    const response = await fetch(`${address}/v1/warehouses`);
    await response.arrayBuffer();
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

/** @param environment beside the database, such as ALLOT_FILL_WORKER=off */
export async function startChildNode(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildNode> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve', '--port', String(port)], {
    env: { ...process.env, ...environment, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => output.push(data.toString()));
  const address = `http://127.0.0.1:${port}`;
  await eventually('the node answers', () => answers(address, child, output));
  return {
    client: createClient(address),
    address,
    pid: child.pid,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
