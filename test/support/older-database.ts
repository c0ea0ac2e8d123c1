/** A database as an older program left it: the steps until then, and the list of them. */
import pg from 'pg';
import { inject } from 'vitest';
import { MIGRATIONS } from '../../src/db/schema/schema.ts';
import { createDatabase, type TestDatabase } from './database.ts';

/** @param last the newest step that ran, such as '0002-lean-orders' */
export async function createOlderDatabase(last: string): Promise<TestDatabase> {
  const database = await createDatabase();
  const server = new pg.Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  const name = new URL(database.url).pathname.slice(1);
  await server.query(`drop database ${name}`);
  await server.query(`create database ${name} template template0`);
  await server.end();
  await onDatabase(database.url, async (client) => {
    await client.query(`create table kysely_migration (name varchar(255) primary key, "timestamp" varchar(255) not null);
      create table kysely_migration_lock (id varchar(255) primary key, is_locked integer not null default 0);
      insert into kysely_migration_lock values ('migration_lock', 0)`);
    for (const [step, text] of Object.entries(MIGRATIONS)) {
      if (step > last) break;
      await client.query(text);
      await client.query('insert into kysely_migration values ($1, $2)', [step, '2026-01-01T00:00:00.000Z']);
    }
  });
  return database;
}

export async function onDatabase<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'pg_dump' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
