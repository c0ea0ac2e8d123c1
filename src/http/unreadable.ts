/**
 * What never becomes a request: bytes that are no HTTP, a head that is too large, a request that does not come to its end in
 * time. It is answered on the bare connection, as a problem document like everything else, and the connection ends.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type Problem, problem } from './problem.ts';
import { SEALED } from './strangers.ts';

/** Time in which a caller may read the answer before its connection ends, in milliseconds. */
const LINGER_MS = 1_000;

const REFUSALS: ReadonlyMap<string, Problem> = new Map([
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    problem('request_timeout', 'The request did not come to its end in time; send it again'),
  ],
  ['HPE_HEADER_OVERFLOW', problem('headers_too_large', 'The address and headers are too large')],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', problem('payload_too_large', 'The extensions of a chunk are too large')],
]);
const NO_HTTP = problem('invalid_request', 'The request is not valid HTTP/1.1');

/** Fastify's `clientErrorHandler`. */
export function answerUnreadable(error: Error & { readonly code?: string }, connection: Duplex): void {
  if (error.code === 'ECONNRESET' || !connection.writable) return;
  const refused = REFUSALS.get(error.code ?? '') ?? NO_HTTP;
  const body = JSON.stringify(refused);
  const head = {
    ...SEALED,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.end(
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}\r\n${lines.join('')}\r\n${body}`,
  );
  setTimeout(() => connection.destroy(), LINGER_MS).unref();
}

/** An expectation that nobody knows is none: Node would answer it with an empty 417. */
export function overlookExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
}
