/** `allot migrate`: brings the database to this version's schema and says what ran. */
import { migrate } from '../db/schema/migrate.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, remark, say } from './command.ts';
import { connect } from './connection.ts';

export async function runMigrate(flags: GlobalFlags): Promise<ExitCode> {
  const connection = await connect(databaseConfigOf(flags));
  try {
    const { applied, version } = await migrate(connection.url, { log: remark });
    for (const name of applied) say(`applied ${name}`);
    say(applied.length === 0 ? `nothing to do: the schema is at ${version}` : `the schema is at ${version}`);
  } finally {
    await connection.close();
  }
  return 0;
}
