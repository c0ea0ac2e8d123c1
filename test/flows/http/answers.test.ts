/**
 * What holds for every answer, whoever writes it: routes, files, streams, pages that are not there, and what is no HTTP at all.
 * It is sealed from pages of other origins, and every refusal is a problem document with a code and its own status.
 */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STATUS_OF } from '../../../src/http/problem.ts';
import { answerUnreadable } from '../../../src/http/unreadable.ts';
import { eventually } from '../../support/eventually.ts';
import { type RawAnswer, type RawRequest, sendBytes, sendRaw } from '../../support/raw-request.ts';
import { startTestServer } from '../../support/server.ts';
import { startWithRoutes } from '../../support/server-routes.ts';

let server: Awaited<ReturnType<typeof startWithRoutes>>;

beforeAll(async () => {
  server = await startWithRoutes();
});
afterAll(async () => {
  await server?.stop();
});

const SEALS = { 'cross-origin-resource-policy': 'same-origin', 'x-content-type-options': 'nosniff' };
const problemBody = z.object({ code: z.string(), status: z.number(), detail: z.string().min(10) });

/** The code of a refusal that is one in every respect. */
function codeOf({ status, headers, body }: RawAnswer): string {
  expect(headers).toMatchObject({
    ...SEALS,
    'content-type': expect.stringMatching(/^application\/problem\+json/),
  });
  const refused = problemBody.parse(JSON.parse(body));
  expect(refused.status).toBe(status);
  expect(STATUS_OF).toHaveProperty(refused.code, status);
  return refused.code;
}

it('is sealed, on every route that can be read, the stream among them', async () => {
  const reads = server.routes.filter(({ method }) => method === 'GET');
  expect(reads.length).toBeGreaterThan(30);
  for (const { path, url } of reads) {
    const { headers } = await sendRaw(server.address, { method: 'GET', path });
    expect(headers, url).toMatchObject(SEALS);
  }
});

describe('a refusal is a sealed problem document', () => {
  it.each<[string, RawRequest, string]>([
    ['no such address', { method: 'GET', path: '/nowhere' }, 'not_found'],
    ['an address that is none', { method: 'GET', path: '/v1/products/%zz' }, 'invalid_request'],
    [
      'a parameter that is too long',
      { method: 'GET', path: `/v1/products/${'x'.repeat(600)}` },
      'invalid_request',
    ],
    ['no such method', { method: 'PATCH', path: '/v1/orders' }, 'not_found'],
    ['no such order', { method: 'GET', path: '/v1/orders/1' }, 'not_found'],
    ['a query that is not valid', { method: 'GET', path: '/v1/orders?limit=0' }, 'invalid_request'],
    ['another Host', { method: 'GET', path: '/', headers: { host: 'evil.example' } }, 'not_loopback'],
    ['another Origin', { method: 'POST', path: '/v1/orders', headers: { origin: 'null' } }, 'foreign_origin'],
    ['another type', { method: 'POST', path: '/v1/orders', body: 'x' }, 'unsupported_media_type'],
    [
      'an unknown expectation',
      { method: 'GET', path: '/nowhere', headers: { expect: '200-ok' } },
      'not_found',
    ],
  ])('for %s', async (_, request, code) => {
    expect(codeOf(await sendRaw(server.address, request))).toBe(code);
  });

  const json = 'content-type: application/json\r\n';
  it.each<[string, string, string]>([
    ['no Host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 'not_loopback'],
    ['HTTP/1.0 without Host', 'GET /v1/orders HTTP/1.0\r\n\r\n', 'not_loopback'],
    ['no HTTP', 'hello\r\n\r\n', 'invalid_request'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n', 'invalid_request'],
    [
      'two lengths',
      `POST /v1/orders HTTP/1.1\r\nhost: localhost\r\n${json}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
      'invalid_request',
    ],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`,
      'headers_too_large',
    ],
  ])('for %s', async (_, bytes, code) => {
    expect(codeOf(await sendBytes(server.address, bytes))).toBe(code);
  });

  it('for a request that never comes to its end', async () => {
    const slow = createServer({ headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 10 });
    slow.on('clientError', answerUnreadable);
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as AddressInfo;
    const answer = await sendBytes(`http://127.0.0.1:${port}`, 'POST / HTTP/1.1\r\nhost: localhost\r\n');
    expect(codeOf(answer)).toBe('request_timeout');
    slow.close();
  });

  it('for a request whose end comes when the server stops', async () => {
    const other = await startTestServer();
    const { hostname, port } = new URL(other.address);
    const connection = connect(Number(port), hostname);
    connection.write('GET /v1/orders HTTP/1.1\r\nhost: localhost\r\n');
    await fetch(other.address);
    const stopped = other.stop();
    await eventually('nobody is let in any more', async () =>
      fetch(other.address).then(
        () => undefined,
        () => true,
      ),
    );
    connection.write('\r\n');
    let text = '';
    for await (const part of connection) text += String(part);
    expect(text).toMatch(/^HTTP\/1\.1 503 .*retry-after: 1\r\n.*"code":"overloaded"/s);
    await stopped;
  });
});
