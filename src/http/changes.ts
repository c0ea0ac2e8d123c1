/**
 * Tells pages that something changed, as server-sent events, so that they ask again when there is something new and only
 * then. What is sent is the database's snapshot: two equal snapshots see the same data, so a viewer that comes back with
 * the last one it saw is told at once whether it missed anything, by any node, and no change can be skipped. It costs
 * the stories nothing, since the database keeps snapshots anyway; a node looks once for all its viewers.
 */
import type { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { readSnapshot } from '../reads/health.ts';
import { problem } from './problem.ts';
import { sendProblem } from './routes.ts';

/** Time between two looks while anybody views, in milliseconds: what is new is told no later. */
const LOOK_EVERY_MS = 500;
/** Something is sent at least so often, so that both sides notice a lost connection. */
const BEAT_EVERY_MS = 15_000;
/** Wait of a browser before it connects again. */
const RETRY_MS = 1_000;
const MAX_VIEWERS = 1_000;
/** The text of a snapshot; anything else a viewer may bring is as good as none. */
const SNAPSHOT = /^\d+:\d+:[\d,]*$/;
/** Snapshots name the transactions under way: more than this is sent as a change each time. */
const MAX_SNAPSHOT = 2_000;

interface Viewer {
  readonly stream: Writable;
  /** What it was told last; undefined: nothing yet. */
  seen: string | undefined;
}

/** One look for all who view, and never two at once, however viewers come and go. */
export class ChangeFeed {
  readonly #read: () => Promise<string>;
  readonly #viewers = new Set<Viewer>();
  #isLooking = false;
  /** Ends the rest between two looks. */
  #wake: () => void = () => undefined;
  #beat: NodeJS.Timeout | undefined;
  #isLost = false;

  /** @param read the snapshot of now; rejects while the database is out of reach */
  constructor(read: () => Promise<string>) {
    this.#read = read;
  }

  get isFull(): boolean {
    return this.#viewers.size >= MAX_VIEWERS;
  }

  /** @param seen the last that the viewer was told, by this node or another */
  add(stream: Writable, seen: string | undefined): void {
    const viewer: Viewer = { stream, seen };
    stream.write(`retry: ${RETRY_MS}\n\n`);
    this.#viewers.add(viewer);
    stream.on('close', () => {
      this.#viewers.delete(viewer);
      if (this.#viewers.size === 0) this.#rest();
    });
    this.#beat ??= setInterval(() => this.#say('event: beat\ndata: {}\n\n'), BEAT_EVERY_MS);
    if (!this.#isLooking) void this.#watch();
  }

  /** Ends all streams: their viewers connect to another node, or again. */
  stop(): void {
    for (const { stream } of this.#viewers) stream.end();
    this.#viewers.clear();
    this.#rest();
  }

  #rest(): void {
    clearInterval(this.#beat);
    this.#beat = undefined;
    this.#wake();
  }

  /** Looks while anybody views. */
  async #watch(): Promise<void> {
    this.#isLooking = true;
    while (this.#viewers.size > 0) {
      await this.#tell();
      if (this.#viewers.size > 0) await this.#pause();
    }
    this.#isLooking = false;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #tell(): Promise<void> {
    try {
      const snapshot = (await this.#read()).slice(0, MAX_SNAPSHOT);
      for (const viewer of this.#viewers) {
        if (viewer.seen !== snapshot || this.#isLost) {
          send(viewer.stream, `id: ${snapshot}\nevent: change\ndata: {}\n\n`);
        }
        viewer.seen = snapshot;
      }
      this.#isLost = false;
    } catch {
      if (!this.#isLost) this.#say('event: lost\ndata: {}\n\n');
      this.#isLost = true;
    }
  }

  #say(text: string): void {
    for (const { stream } of this.#viewers) send(stream, text);
  }
}

/** Bytes that a viewer may be behind: one that takes nothing more is let go, and comes back from what it saw last. */
const MAX_BEHIND = 65_536;

function send(stream: Writable, text: string): void {
  if (stream.writableLength > MAX_BEHIND) stream.destroy();
  else stream.write(text);
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // the connection ends with its stream, so that a server that stops need not wait for it
  connection: 'close',
} as const;

/** GET /v1/changes: a stream of events; `Last-Event-ID` or `?since=` says what the viewer saw last. */
export function addChanges(server: FastifyInstance, db: Database): void {
  const feed = new ChangeFeed(() => readSnapshot(db));
  server.addHook('preClose', async () => feed.stop());
  server.get('/v1/changes', async (request, reply) => {
    if (feed.isFull) {
      reply.header('retry-after', '5');
      return await sendProblem(reply, problem('overloaded', `More than ${MAX_VIEWERS} pages are open here`));
    }
    const { since } = request.query as { readonly since?: unknown };
    const given = request.headers['last-event-id'] ?? since;
    const seen = typeof given === 'string' && SNAPSHOT.test(given) ? given : undefined;
    if (request.method === 'HEAD') return await reply.headers(STREAM_HEADERS).send();
    reply.hijack();
    reply.raw.writeHead(200, STREAM_HEADERS);
    feed.add(reply.raw, seen);
    return reply;
  });
}
