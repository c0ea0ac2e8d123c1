/**
 * Brings a database to this version's schema. Each step runs once, in its own transaction, under a lock, so that any
 * number of nodes may start at once. A database that is newer than this program is refused.
 *
 * Steps have limits of their own: a statement may take as long as a large table needs, but it waits for locks only for
 * moments, since whoever comes after it would wait as well, and then tries again. Who holds it up is named meanwhile.
 */
import { Migrator, sql } from 'kysely';
import { sqlState } from '../connection/failures.ts';
import { type Database, openDatabase } from '../database.ts';
import { type LockHolder, readLockHolders, readSession } from './lock-holders.ts';
import { MIGRATIONS, SCHEMA_VERSION, SchemaError } from './schema.ts';

export interface MigrationReport {
  /** Names of the steps that ran now, oldest first; empty when there was nothing to do. */
  readonly applied: readonly string[];
  readonly version: string;
}

export interface MigrationOptions {
  /** Lines for whoever waits: which step runs, and who holds it up. A new or up-to-date database says nothing. */
  readonly log?: (line: string) => void;
  /** How often a step is tried whose locks others hold. */
  readonly attempts?: number;
}

/** Oldest server whose SQL we use (UNIQUE NULLS NOT DISTINCT). */
const MINIMUM_SERVER = 150_000;
/** A statement waits so long for a lock; whoever wants the same table waits behind it. */
const LOCK_TIMEOUT_MS = 3_000;
/** Until a step is tried again: others get their turn. */
const PAUSE_MS = 2_000;
/** With its pauses ten minutes or so. */
const ATTEMPTS = 120;
/** Time between two looks at who holds a step up. */
const LOOK_EVERY_MS = 1_000;
/** Nodes that still run hold what a step needs (lock not available), or need what it holds (deadlock). */
const OTHERS_FIRST = new Set(['55P03', '40P01']);

export async function migrate(databaseUrl: string, options: MigrationOptions = {}): Promise<MigrationReport> {
  const db = openDatabase({ url: databaseUrl, connections: 1, statementTimeoutMs: 0 });
  const beside = openDatabase({ url: databaseUrl, connections: 1 });
  try {
    await refuseOldServer(db);
    const done = await readDone(db);
    refuseUnknown(done);
    if (Object.keys(MIGRATIONS).every((name) => done.includes(name))) {
      return { applied: [], version: SCHEMA_VERSION };
    }
    const log = done.length === 0 ? () => undefined : (options.log ?? (() => undefined));
    await sql`
      select set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}`}, false), set_config('statement_timeout', '0', false)`.execute(
      db,
    );
    const watch = watchLocks({ beside, session: await readSession(db), log });
    try {
      return await takeSteps({ db, watch, log, attempts: options.attempts ?? ATTEMPTS });
    } finally {
      await watch.end();
    }
  } finally {
    await db.destroy();
    await beside.destroy();
  }
}

async function refuseOldServer(db: Database): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int as version`.execute(db);
  const version = rows[0]?.version ?? 0;
  if (version >= MINIMUM_SERVER) return;
  throw new SchemaError(`PostgreSQL 15 or later is needed; this server reports ${version}`);
}

/** Names of the steps that ran here, oldest first. */
async function readDone(db: Database): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (tables[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

function refuseUnknown(done: readonly string[]): void {
  const unknown = done.find((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown === undefined) return;
  throw new SchemaError(
    `The database is at schema ${done.at(-1)}, which this Allot (${SCHEMA_VERSION}) does not know: a newer one has upgraded it. Start that one, or restore a backup from before the upgrade. Nothing was changed.`,
  );
}

interface Stepping {
  readonly db: Database;
  readonly watch: LockWatch;
  readonly log: (line: string) => void;
  readonly attempts: number;
}

async function takeSteps({ db, watch, log, attempts }: Stepping): Promise<MigrationReport> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => STEPS } });
  const applied: string[] = [];
  log(`bringing the database to schema ${SCHEMA_VERSION}; large tables take minutes`);
  for (let attempt = 1; ; ) {
    const { error, results = [] } = await migrator.migrateUp();
    if (error === undefined) {
      for (const { migrationName } of results) {
        log(`schema ${migrationName} is done`);
        applied.push(migrationName);
      }
      if (results.length === 0) return { applied, version: SCHEMA_VERSION };
      attempt = 1;
    } else {
      const step = results.at(-1)?.migrationName ?? 'the next step';
      if (!OTHERS_FIRST.has(sqlState(error) ?? '')) throw notPossible(step, error);
      if (attempt >= attempts) throw heldUp(step, watch.holders());
      attempt++;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

const STEPS = Object.fromEntries(
  Object.entries(MIGRATIONS).map(([name, text]) => [
    name,
    {
      async up(db: Database) {
        await sql.raw(text).execute(db);
      },
    },
  ]),
);

function notPossible(step: string, cause: unknown): Error {
  const state = sqlState(cause);
  if (state === undefined) return cause instanceof Error ? cause : new Error(String(cause));
  const said = cause instanceof Error ? cause.message : '';
  return new SchemaError(
    `The database cannot be brought to schema ${step}: PostgreSQL says "${said}" (${state}). The step was taken back; steps before it stand.`,
    { cause },
  );
}

function heldUp(step: string, holders: readonly LockHolder[]): SchemaError {
  const names = holders.map(({ named }) => named).join(', ') || 'another session';
  const [first] = holders;
  const end = first === undefined ? '' : `, or end it with select pg_terminate_backend(${first.session})`;
  return new SchemaError(
    `The database cannot be brought to schema ${step} while ${names} holds a table of it. Wait for it${end}, and start again. The step was taken back.`,
  );
}

interface LockWatch {
  /** Who was seen last to hold the session up. */
  holders(): readonly LockHolder[];
  end(): Promise<void>;
}

/** Looks from beside at whom the session waits for, and says so once for each. */
function watchLocks({
  beside,
  session,
  log,
}: {
  readonly beside: Database;
  readonly session: number;
  readonly log: (line: string) => void;
}): LockWatch {
  const named = new Set<number>();
  let last: readonly LockHolder[] = [];
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const holders = await readLockHolders(beside, session).catch(() => []);
    if (holders.length === 0) return;
    last = holders;
    for (const holder of holders) {
      if (!named.has(holder.session)) log(`the upgrade waits for ${holder.named}`);
      named.add(holder.session);
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_EVERY_MS);
  return {
    holders: () => last,
    async end() {
      clearInterval(timer);
      await looking;
    },
  };
}
