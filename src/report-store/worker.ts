/** The process of a report store: feeds it, and reads from it for its node, one session of reading for each report. */
import { comeLast, serveParent } from '../platform/worker-process.ts';
import type { DuckSession } from './duck.ts';
import { Feeder } from './feeder.ts';
import type { Asked, OpenStore } from './messages.ts';

const sessions = new Map<number, Promise<DuckSession>>();
let feeder: Feeder | undefined;
let feeding: Promise<void> = Promise.resolve();

async function open(store: OpenStore): Promise<void> {
  await comeLast();
  try {
    await import('@duckdb/node-api');
  } catch (error) {
    parent.send({ told: 'unavailable', why: reason(error) });
    return;
  }
  feeder = new Feeder(store, (told) => parent.send(told));
  feeding = feeder.run();
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A session reads the store as it is at its first statement, until it ends. */
async function begin(session: number): Promise<{ at: string }> {
  const store = feeder?.store;
  if (store === undefined) throw new Error('the report store is not open');
  const connected = store.connect();
  sessions.set(session, connected);
  const reader = await connected;
  await reader.run('begin transaction read only');
  const known = await store.known(reader);
  if (known === undefined) throw new Error('the report store is not whole');
  return { at: known.at };
}

async function end(session: number): Promise<void> {
  const connected = sessions.get(session);
  sessions.delete(session);
  (await connected)?.close();
}

async function answer(asked: Exclude<Asked, { act: 'open' }>): Promise<void> {
  if (asked.act === 'end') return await end(asked.session);
  if (asked.act === 'interrupt') return (await sessions.get(asked.session))?.interrupt();
  try {
    if (asked.act === 'begin') {
      parent.send({ id: asked.id, ...(await begin(asked.session)) });
      return;
    }
    const reader = await sessions.get(asked.session);
    if (reader === undefined) throw new Error('the session has ended');
    parent.send({ id: asked.id, rows: await reader.read(asked.sql, asked.parameters) });
  } catch (error) {
    feeder?.noteFailure(error);
    parent.send({ id: asked.id, failed: reason(error) });
  }
}

const parent = serveParent(
  (message) => {
    const asked = message as Asked;
    const done = asked.act === 'open' ? open(asked.store) : answer(asked);
    done.catch((error: unknown) => parent.send({ told: 'failed', why: reason(error) }));
  },
  async () => {
    feeder?.stop();
    for (const session of sessions.keys()) await end(session);
    await feeding;
    feeder?.store?.close();
  },
);
