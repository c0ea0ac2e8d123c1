/** A report store of a test's server, and the same asked of it and of the database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { databaseSource } from '../../src/custom-reports/sources/database-source.ts';
import type { ReportSource } from '../../src/custom-reports/sources/source.ts';
import { DatabaseReader } from '../../src/report-store/database-reader.ts';
import { storeReader } from '../../src/report-store/reader.ts';
import { ReportStore } from '../../src/report-store/store.ts';
import type { TestServer } from './server.ts';

export interface BothSources {
  readonly store: ReportStore;
  readonly database: DatabaseReader;
  /** On one snapshot and at one moment: what the clock says of days is then the same, too. */
  ofBoth<T>(read: (source: ReportSource) => Promise<T>): Promise<[stored: T, database: T]>;
}

export function useBothSources(server: () => TestServer): () => BothSources {
  let folder: string;
  let both: BothSources;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allot-report-store-'));
    const database = await DatabaseReader.connect(server().databaseUrl);
    const store = await ReportStore.open(folder, () => undefined);
    both = { store, database, ofBoth: (read) => readBoth({ store, database }, read) };
  });
  afterAll(async () => {
    both.store.close();
    await both.database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => both;
}

async function readBoth<T>(
  { store, database }: Pick<BothSources, 'store' | 'database'>,
  read: (source: ReportSource) => Promise<T>,
): Promise<[T, T]> {
  await store.feed(database);
  const session = await store.connect();
  try {
    return await database.onSnapshot(async (snapshot) => {
      await store.feedOn(database, snapshot);
      const stored = storeReader(session, snapshot.at);
      return [await read(stored), await read(databaseSource((statement) => database.read(statement)))];
    });
  } finally {
    session.close();
  }
}
