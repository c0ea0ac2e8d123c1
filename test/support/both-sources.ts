/** A report store of a test's server, and the same asked of it and of the database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { databaseSource } from '../../src/custom-reports/sources/database-source.ts';
import type { ReportSource } from '../../src/custom-reports/sources/source.ts';
import { storeReader } from '../../src/report-store/reader.ts';
import { ReportStore } from '../../src/report-store/store.ts';
import { Truth } from '../../src/report-store/truth.ts';
import type { TestServer } from './server.ts';

export interface BothSources {
  readonly store: ReportStore;
  readonly truth: Truth;
  /** On one snapshot and at one moment: what the clock says of days is then the same, too. */
  ofBoth<T>(read: (source: ReportSource) => Promise<T>): Promise<[kept: T, house: T]>;
}

export function useBothSources(server: () => TestServer): () => BothSources {
  let folder: string;
  let both: BothSources;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allot-report-store-'));
    const truth = await Truth.connect(server().databaseUrl);
    const store = await ReportStore.open(folder, () => undefined);
    both = { store, truth, ofBoth: (read) => readBoth({ store, truth }, read) };
  });
  afterAll(async () => {
    both.store.close();
    await both.truth.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => both;
}

async function readBoth<T>(
  { store, truth }: Pick<BothSources, 'store' | 'truth'>,
  read: (source: ReportSource) => Promise<T>,
): Promise<[T, T]> {
  await store.feed(truth);
  const session = await store.connect();
  try {
    return await truth.onSnapshot(async (snapshot) => {
      await store.feedOn(truth, snapshot);
      const kept = storeReader(session, snapshot.at);
      return [await read(kept), await read(databaseSource((statement) => truth.read(statement)))];
    });
  } finally {
    session.close();
  }
}
