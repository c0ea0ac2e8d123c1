/** How often transactions waited for each other until PostgreSQL ended one: retries hide it from everybody else. */
import pg from 'pg';

/** Of the whole database so far, as sessions have reported it: all of it once those that are asked about have ended. */
export async function deadlocksOf(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]?.deadlocks);
  } finally {
    await client.end();
  }
}
