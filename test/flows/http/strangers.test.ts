/**
 * Nobody but this place is served: every route the server has, of the contract table or beside it, refuses what a page of
 * another origin makes a browser send, and every name but this machine's. The routes are those that the server itself
 * registers, so that a new one is asked as well.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../src/contract/operations.ts';
import { type RawRequest, sendRaw } from '../../support/raw-request.ts';
import { type Route, startWithRoutes } from '../../support/server-routes.ts';

const EVIL = 'https://evil.example';
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'];

let server: Awaited<ReturnType<typeof startWithRoutes>>;

beforeAll(async () => {
  server = await startWithRoutes();
});
afterAll(async () => {
  await server?.stop();
});

function unsafeRoutes(): Route[] {
  return server.routes.filter(({ method }) => UNSAFE.includes(method));
}

function typeOf({ url }: Route): string {
  return url.startsWith('/v1/imports/') ? 'text/csv' : 'application/json';
}

/** What it was answered, in short: 403 foreign_origin */
async function answerTo(request: RawRequest): Promise<string> {
  const { status, body } = await sendRaw(server.address, request);
  return `${status} ${/"code":"(\w+)"/.exec(body)?.[1] ?? ''}`.trim();
}

/** Those of the routes that answer otherwise than `expected`. */
async function exceptions(
  asked: readonly Route[],
  expected: string,
  request: (route: Route) => Partial<RawRequest>,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of asked) {
    const answer = await answerTo({ ...route, ...request(route) });
    if (answer !== expected) found.push(`${route.method} ${route.url}: ${answer}`);
  }
  return found;
}

describe('every route', () => {
  it('is known here, those of the contract table among them', () => {
    const table = Object.values(OPERATIONS).map(({ method, path }) => `${method} ${path}`);
    const known = server.routes.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(known).toEqual(expect.arrayContaining([...table, 'POST /v1/imports/{kind}', 'GET /v1/changes']));
    expect(unsafeRoutes().length).toBeGreaterThan(40);
  });

  it.each([
    ['a foreign Origin', { origin: EVIL }],
    ['no Origin that it would tell', { origin: 'null' }],
    ['an empty Origin', { origin: '' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
    ['a page of another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['another port, by Sec-Fetch-Site', { 'sec-fetch-site': 'same-site' }],
    [
      'a form, that a person sends off',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
  ])('that may change something refuses %s, with a body and without', async (_, headers) => {
    const code = '403 foreign_origin';
    expect(await exceptions(unsafeRoutes(), code, () => ({ headers }))).toEqual([]);
    const typed = (route: Route) => ({ headers: { ...headers, 'content-type': typeOf(route) }, body: '{}' });
    expect(await exceptions(unsafeRoutes(), code, typed)).toEqual([]);
  });

  it('that reads tells nothing to a page of another origin, nor works for it', async () => {
    const reads = server.routes.filter(({ method, url }) => method === 'GET' && url.startsWith('/v1'));
    const site = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
    expect(await exceptions(reads, '403 foreign_origin', () => ({ headers: site }))).toEqual([]);
    const visit = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await exceptions(reads, '403 foreign_origin', () => ({ headers: visit }))).toEqual([]);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.999.1.1', '127.1', 'localhost.', ''])(
    'refuses the Host %j',
    async (host) => {
      expect(
        await exceptions(
          server.routes.filter(({ method }) => method !== 'HEAD'),
          '403 not_loopback',
          () => ({ headers: { host } }),
        ),
      ).toEqual([]);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
  ])(
    'that may change something refuses %s from whoever says nothing of its origin, be it empty',
    async (type) => {
      const headers = { 'content-type': type };
      expect(
        await exceptions(unsafeRoutes(), '415 unsupported_media_type', () => ({ headers, body: '{}' })),
      ).toEqual([]);
      expect(await exceptions(unsafeRoutes(), '415 unsupported_media_type', () => ({ headers }))).toEqual([]);
    },
  );

  it('that may change something refuses a body without a type', async () => {
    expect(await exceptions(unsafeRoutes(), '415 unsupported_media_type', () => ({ body: '{}' }))).toEqual(
      [],
    );
  });

  it('lets its own pages and programs come in', async () => {
    const own = { origin: server.address, 'sec-fetch-site': 'same-origin' };
    for (const headers of [own, {}]) {
      const found = await exceptions(unsafeRoutes(), '', () => ({ headers }));
      expect(found.filter((each) => / (403|415)/.test(each))).toEqual([]);
      expect(found).toHaveLength(unsafeRoutes().length);
    }
  });
});
