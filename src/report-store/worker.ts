/**
 * The process of a report store: feeds it, and reads from it for its node, one session of reading for each
 * report.
 */
import { comeLast, serveParent } from '../platform/worker-process.ts';
import type { DuckSession } from './duck.ts';
import { Feeder } from './feeder.ts';
import type { NodeMessage, OpenStore } from './messages.ts';

const sessions = new Map<number, Promise<DuckSession>>();
let feeder: Feeder | undefined;
let feeding: Promise<void> = Promise.resolve();

async function open(store: OpenStore): Promise<void> {
  await comeLast();
  try {
    await import('@duckdb/node-api');
  } catch (error) {
    parent.send({ event: 'unavailable', why: reason(error) });
    return;
  }
  feeder = new Feeder(store, (message) => parent.send(message));
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

async function answer(request: Exclude<NodeMessage, { act: 'open' }>): Promise<void> {
  if (request.act === 'end') return await end(request.session);
  if (request.act === 'interrupt') return (await sessions.get(request.session))?.interrupt();
  try {
    if (request.act === 'begin') {
      parent.send({ id: request.id, ...(await begin(request.session)) });
      return;
    }
    const reader = await sessions.get(request.session);
    if (reader === undefined) throw new Error('the session has ended');
    parent.send({ id: request.id, rows: await reader.read(request.sql, request.parameters) });
  } catch (error) {
    feeder?.noteFailure(error);
    parent.send({ id: request.id, failed: reason(error) });
  }
}

const parent = serveParent(
  (message) => {
    const request = message as NodeMessage;
    const done = request.act === 'open' ? open(request.store) : answer(request);
    done.catch((error: unknown) => parent.send({ event: 'failed', why: reason(error) }));
  },
  async () => {
    feeder?.stop();
    for (const session of sessions.keys()) await end(session);
    await feeding;
    feeder?.store?.close();
  },
);
