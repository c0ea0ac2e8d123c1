/** A database of its own for one test file, cloned from the migrated template. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './template.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Of the server that test/support/postgres.ts started, which it does for tests of the project "database" only. */
function serverUrl(): string {
  const url: string | undefined = inject('postgresUrl');
  if (url !== undefined) return url;
  throw new Error('This test needs PostgreSQL: put it into test/flows or test/laws, beside others that do');
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    // Two clones at once would find the template in use, so they take turns.
    await client.query('select pg_advisory_lock(4711)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `allot_${randomUUID().replaceAll('-', '')}`;
  // Copying files takes half the time of copying through the write-ahead log (45 and 120 ms, measured).
  await onServer(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => onServer(`drop database ${name} with (force)`),
  };
}
