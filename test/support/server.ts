/**
 * A whole Allot for one test file: a database cloned from the migrated template, the real engine and worker on it,
 * and the typed client that a shop would use. `settled` makes a test exact: it waits until no fill is outstanding, as
 * the node's own gauge says, so what is read next is what the waiting items got.
 */
import { afterAll, beforeAll } from 'vitest';
import { type Client, createClient } from '../../src/contract/client.ts';
import { startNode } from '../../src/node.ts';
import { createDatabase } from './database.ts';
import { eventually } from './eventually.ts';

export interface TestServer {
  readonly client: Client;
  readonly address: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

export async function startTestServer(): Promise<TestServer> {
  const database = await createDatabase();
  const node = await startNode({ databaseUrl: database.url });
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
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await server?.stop();
  }, START_TIMEOUT_MS);
  return () => {
    if (server === undefined) throw new Error('the server runs only while tests do');
    return server;
  };
}

const GAUGE = /^allot_fills_outstanding(?:\{[^}]*\})? (\d+)/m;

async function fillsOutstanding(address: string): Promise<number> {
  const response = await fetch(`${address}/metrics`);
  const found = GAUGE.exec(await response.text());
  if (found === null) throw new Error('no gauge allot_fills_outstanding in the metrics');
  return Number(found[1]);
}

/** Waits until every waiting item has been offered the stock that became free. */
export async function settled(address: string): Promise<void> {
  await eventually('fills outstanding', async () =>
    (await fillsOutstanding(address)) === 0 ? true : undefined,
  );
}
