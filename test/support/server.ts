/**
 * A whole Allot for one test file: a database cloned from the migrated template, the real engine and worker on it,
 * and the typed client that a shop would use. `settled` makes a test exact: it waits until no fill is outstanding, as
 * the node's own gauge says, so what is read next is what the waiting items got.
 */
import { afterAll, beforeAll } from 'vitest';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { type NodeOptions, startNode } from '../../src/node.ts';
import { createDatabase } from './database.ts';
import { eventually } from './eventually.ts';

export interface TestServer {
  readonly client: Client;
  readonly address: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

export async function startTestServer(options: Pick<NodeOptions, 'mail'> = {}): Promise<TestServer> {
  const database = await createDatabase();
  const node = await startNode({ databaseUrl: database.url, ...options });
  return {
    client: createClient(node.address),
    address: node.address,
    databaseUrl: database.url,
    async stop() {
      await node.stop();
      await database.drop();
    },
  };
}

/** One server for all tests of the calling file. */
export function useTestServer(): () => TestServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(async () => {
    await server?.stop();
  });
  return () => {
    if (server === undefined) throw new Error('the server runs only while tests do');
    return server;
  };
}

async function outstanding(address: string, what: 'fills' | 'promises'): Promise<number> {
  const response = await fetch(`${address}/metrics`);
  const gauge = new RegExp(`^allot_${what}_outstanding(?:\\{[^}]*\\})? (\\d+)`, 'm');
  const found = gauge.exec(await response.text());
  if (found === null) throw new Error(`no gauge allot_${what}_outstanding in the metrics`);
  return Number(found[1]);
}

/** Waits until every waiting item has been offered the stock that became free. */
export async function settled(address: string): Promise<void> {
  await eventually('fills outstanding', async () =>
    (await outstanding(address, 'fills')) === 0 ? true : undefined,
  );
}

/** Waits until every customer has been told what moved. */
export async function promisesSettled(address: string): Promise<void> {
  await eventually('promises outstanding', async () =>
    (await outstanding(address, 'promises')) === 0 ? true : undefined,
  );
}
