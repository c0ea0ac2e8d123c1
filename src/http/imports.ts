/**
 * POST /v1/imports/{kind}: a CSV file as the body, answered line by line while it is imported (NDJSON): how far it is, each
 * row that was rejected with column and problem, and at the end what came of it. The file is kept apart while it is
 * read, since some kinds are read twice; every row then goes through this server's own API.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Client, clientOver } from '../contract/call.ts';
import { IMPORT_KINDS, type ImportKind, type ImportLine } from '../contract/imports.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { code } from '../contract/values.ts';
import type { CellProblem } from '../imports/import-cells.ts';
import { ImportError } from '../imports/import-error.ts';
import type { Row } from '../imports/import-file.ts';
import type { Rejects } from '../imports/import-result.ts';
import { importFile, whyNoChannel } from '../imports/run-import.ts';
import { problem, STATUS_OF } from './problem.ts';
import { sendProblem } from './routes.ts';

/** Largest file, in bytes; larger ones are imported with the command line. */
export const MAX_FILE = 256 * 1_048_576;
/** Progress is told when so many more bytes were read. */
const TELL_EVERY = 65_536;
/** Tries of one request of an import while the server turns requests away. */
const MAX_TRIES = 10;

const asked = z.strictObject({ kind: z.enum(IMPORT_KINDS), channel: code.optional() });

export function addImports(server: FastifyInstance): void {
  const client = ownClient(server);
  server.register(async (scope) => {
    scope.addContentTypeParser('text/csv', (_request, body, done) => done(null, body));
    const route = { bodyLimit: MAX_FILE, config: { takes: 'text/csv' } };
    scope.post<{ Body: Readable }>('/v1/imports/:kind', route, async (request, reply) => {
      const given = asked.safeParse({ ...(request.params as object), ...(request.query as object) });
      if (!given.success) return await sendProblem(reply, refusalOf(given.error));
      const { kind, channel } = given.data;
      const why = channel === undefined ? undefined : whyNoChannel(kind);
      if (why !== undefined) {
        const detail = `A channel says nothing about ${kind}: ${why}`;
        return await sendProblem(reply, problem('invalid_request', detail));
      }
      const said = new PassThrough();
      const folder = await mkdtemp(join(tmpdir(), 'allot-import-'));
      const file = join(folder, `${kind}.csv`);
      try {
        await pipeline(request.body, bounded, createWriteStream(file, { mode: 0o600 }));
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      void run({ kind, channel, folder, file, said, client });
      return await reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(said);
    });
  });
}

/** @throws what becomes 413, like any body that is too large */
async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_FILE) throw Object.assign(new Error('the file is too large'), { statusCode: 413 });
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
  /** Of the file; it is taken away at the end. */
  readonly folder: string;
  readonly file: string;
  readonly said: PassThrough;
  readonly client: Client;
}

async function run({ kind, channel, folder, file, said, client }: Running): Promise<void> {
  const say = (line: ImportLine) => said.write(`${JSON.stringify(line)}\n`);
  const total = (await stat(file)).size;
  let read = 0;
  let told = 0;
  function advance(bytes: number): void {
    read += bytes;
    if (read - told < TELL_EVERY) return;
    told = read;
    say({ kind: 'progress', read, total });
  }
  try {
    const rejects = new ToldRejects(say);
    const { imported, repeated, rejected } = await importFile(
      { kind, file, channel, rejects, advance },
      client,
    );
    say({ kind: 'done', imported, repeated, rejected });
  } catch (error) {
    const isTheirs = error instanceof ImportError;
    const problem = isTheirs ? error.message.replace(`${file} is`, 'The file is') : INTERRUPTED;
    say({ kind: 'failed', problem });
  } finally {
    said.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const INTERRUPTED =
  'The import was interrupted; what was imported is kept. Send the same file again: it goes on where it ended.';

/** Rejected rows are told as they come. */
class ToldRejects implements Rejects {
  readonly #say: (line: ImportLine) => void;
  count = 0;

  constructor(say: (line: ImportLine) => void) {
    this.#say = say;
  }

  async begin(columns: readonly string[]): Promise<void> {
    this.#say({ kind: 'columns', columns });
  }

  async add({ line, cells }: Pick<Row, 'line' | 'cells'>, { column, problem }: CellProblem): Promise<void> {
    this.count += 1;
    this.#say({ kind: 'rejected', line, cells, column, problem });
  }

  async end(): Promise<void> {}
}
