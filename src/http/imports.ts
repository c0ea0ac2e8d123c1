/**
 * POST /v1/imports/{kind}: a CSV file as the body, answered line by line while it is imported (NDJSON): how far it is, each
 * row that was rejected with column and problem, and at the end what came of it. The file is kept apart while it is
 * read, since some kinds are read twice; every row then goes through this server's own API.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Turns } from '../app/frame/turns.ts';
import { type Client, clientOver } from '../contract/call.ts';
import { IMPORT_KINDS, type ImportKind, type ImportLine } from '../contract/imports.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { code } from '../contract/values.ts';
import type { CellProblem } from '../imports/import-cells.ts';
import { ImportError } from '../imports/import-error.ts';
import type { Row } from '../imports/import-file.ts';
import type { Rejects } from '../imports/import-result.ts';
import { importFile, whyNoChannel } from '../imports/run-import.ts';
import { askerOf } from './asker.ts';
import { problem, STATUS_OF } from './problem.ts';
import { sendProblem } from './routes.ts';
import { NobodyListensError, ToldLines } from './told-lines.ts';

/** Largest file, in bytes; larger ones are imported with the command line. */
const MAX_FILE = 256 * 1_048_576;
/** Progress is told when so many more bytes were read. */
const TELL_EVERY = 65_536;
/** Each keeps its file on the disk of this machine. */
const IMPORTS_AT_ONCE = 4;
const IMPORTS_WAITING = 4;
/** Tries of one request of an import while the server turns requests away. */
const MAX_TRIES = 10;

const asked = z.strictObject({
  kind: z.enum(IMPORT_KINDS),
  channel: code.optional(),
  /** The Idempotency-Key: the name of the run, under which it goes on when it was interrupted. */
  key: code.optional(),
});

export function addImports(server: FastifyInstance): void {
  const client = ownClient(server);
  const imports = new Turns({ what: 'imports', atOnce: IMPORTS_AT_ONCE, mostWaiting: IMPORTS_WAITING });
  server.register(async (scope) => {
    scope.addContentTypeParser('text/csv', (_request, body, done) => done(null, body));
    const route = { bodyLimit: MAX_FILE, config: { takes: 'text/csv' } };
    scope.post<{ Body: Readable }>('/v1/imports/:kind', route, async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const given = asked.safeParse({ ...(request.params as object), ...(request.query as object), key });
      if (!given.success) return await sendProblem(reply, refusalOf(given.error));
      const { kind, channel } = given.data;
      const why = channel === undefined ? undefined : whyNoChannel(kind);
      if (why !== undefined) {
        const detail = `A channel says nothing about ${kind}: ${why}`;
        return await sendProblem(reply, problem('invalid_request', detail));
      }
      const name = given.data.key ?? randomUUID();
      await imports.run(askerOf(request, reply), async () => {
        const folder = await mkdtemp(join(tmpdir(), 'allot-import-'));
        const file = join(folder, `${kind}.csv`);
        const told = new ToldLines();
        try {
          await pipeline(bounded(request), createWriteStream(file, { mode: 0o600 }));
          void reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(told.stream);
          await run({ kind, channel, file, name, told, client });
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      });
      return reply;
    });
  });
}

/** @throws what becomes 413, like any body that is too large; the request stays whole, so that this can be answered */
async function* bounded({
  body,
  headers,
}: {
  readonly body: Readable;
  readonly headers: IncomingHttpHeaders;
}) {
  const tooLarge = () => Object.assign(new Error('the file is too large'), { statusCode: 413 });
  if (Number(headers['content-length']) > MAX_FILE) throw tooLarge();
  let bytes = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_FILE) throw tooLarge();
    yield chunk;
  }
}

function refusalOf(error: z.ZodError) {
  const [first] = error.issues;
  return problem('invalid_request', `The request is not valid. ${first?.path.join('.')}: ${first?.message}`);
}

/** Calls to the routes of this server, without a connection; one that is turned away is made again a little later. */
function ownClient(server: FastifyInstance): Client {
  return clientOver('', OPERATIONS, async (address, { method, headers, body }) => {
    for (let tries = 1; ; tries++) {
      const answer = await server.inject({
        method,
        url: address,
        headers: { ...headers, host: 'localhost' },
        ...(body !== null && { payload: body }),
      });
      const again = Number(answer.headers['retry-after']);
      if (answer.statusCode === STATUS_OF.overloaded && again > 0 && tries < MAX_TRIES) {
        await pause(again * 1000);
        continue;
      }
      return {
        ok: answer.statusCode < 400,
        status: answer.statusCode,
        headers: { get: (name) => String(answer.headers[name] ?? '') || null },
        json: async () => answer.json(),
      };
    }
  });
}

interface Running {
  readonly kind: ImportKind;
  readonly channel: string | undefined;
  readonly file: string;
  /** Of this run. */
  readonly name: string;
  readonly told: ToldLines;
  readonly client: Client;
}

async function run({ kind, channel, file, name, told, client }: Running): Promise<void> {
  const total = (await stat(file)).size;
  let read = 0;
  let toldAt = 0;
  function advance(bytes: number): void {
    read += bytes;
    if (told.isLeft) throw new NobodyListensError();
    if (read - toldAt < TELL_EVERY) return;
    toldAt = read;
    told.mention({ kind: 'progress', read, total });
  }
  try {
    const rejects = new ToldRejects((line) => told.say(line));
    const { imported, repeated, rejected } = await importFile(
      { kind, file, channel, run: name, rejects, advance },
      client,
    );
    await told.say({ kind: 'done', imported, repeated, rejected });
  } catch (error) {
    const isTheirs = error instanceof ImportError;
    const problem = isTheirs ? error.message.replace(`${file} is`, 'The file is') : INTERRUPTED;
    told.mention({ kind: 'failed', problem });
  }
  told.end();
}

const INTERRUPTED =
  'The import was interrupted; what was imported is kept. Send the same file again: it goes on where it ended.';

/** Rejected rows are told as they come. */
class ToldRejects implements Rejects {
  readonly #say: (line: ImportLine) => Promise<void>;
  count = 0;

  constructor(say: (line: ImportLine) => Promise<void>) {
    this.#say = say;
  }

  async begin(columns: readonly string[]): Promise<void> {
    await this.#say({ kind: 'columns', columns });
  }

  async add({ line, cells }: Pick<Row, 'line' | 'cells'>, { column, problem }: CellProblem): Promise<void> {
    this.count += 1;
    await this.#say({ kind: 'rejected', line, cells, column, problem });
  }

  async end(): Promise<void> {}
}
