/**
 * One real PostgreSQL for a test run: the embedded one in a temporary folder, or the server that
 * ALLOT_TEST_DATABASE_URL names. The schema is migrated once into a template that test databases are cloned from.
 * The embedded one does not wait for the disk: no test cuts the power, and a clone takes 50 ms instead of 100.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/schema/migrate.ts';
import { TEMPLATE } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };

let stop: () => Promise<void> = async () => undefined;

async function serverUrl(): Promise<string> {
  const given = process.env['ALLOT_TEST_DATABASE_URL'];
  if (given !== undefined) return given;
  const { startEmbeddedPostgres } = await import('../../src/platform/postgres/embedded-postgres.ts');
  const folder = await mkdtemp(join(tmpdir(), 'allot-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings: SETTINGS });
  stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return postgres.url;
}

export async function setup(project: TestProject): Promise<void> {
  const url = await serverUrl();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop database if exists ${TEMPLATE} with (force)`);
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.toString());
  project.provide('postgresUrl', url);
}

export async function teardown(): Promise<void> {
  await stop();
}
