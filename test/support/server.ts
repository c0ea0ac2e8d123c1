/**
 * A whole Allot for one test file: a database cloned from the migrated template, the real engine and worker on it,
 * and the typed client that a shop would use.
 */
import { afterAll, beforeAll } from 'vitest';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { type NodeOptions, startNode } from '../../src/node.ts';
import { createDatabase } from './database.ts';

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
