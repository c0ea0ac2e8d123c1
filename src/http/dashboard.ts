/**
 * The dashboard: files that the build left in dist/web, and one page for every address that a person may open. Its scripts
 * come from here only; styles that are made in the page carry the nonce of the answer, so nothing else can add any.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const FOLDER = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const NONCE_BYTES = 16;
const PLACE_OF_NONCE = 'content="NONCE"';

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** undefined when the dashboard was not built. */
function readPage(): string | undefined {
  try {
    return readFileSync(new URL('../../dist/web/index.html', import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** Sends the page to people; false when it is not one who asks, or there is none. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** Serves the files. @returns what to do with an address that nothing else answers */
export function addDashboard(server: FastifyInstance): SendPage {
  const page = readPage();
  if (page === undefined) {
    server.get('/', async (_, reply) => await reply.redirect('/docs'));
    return async () => false;
  }
  server.register(fastifyStatic, {
    root: FOLDER,
    prefix: '/',
    index: false,
    wildcard: false,
    globIgnore: ['index.html', '**/*.gz'],
    preCompressed: true,
    setHeaders(reply, path) {
      if (path.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  async function send(reply: FastifyReply): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    await reply
      .code(200)
      .header('content-security-policy', policyWith(nonce))
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .header('content-type', 'text/html; charset=utf-8')
      .send(page?.replace(PLACE_OF_NONCE, `content="${nonce}"`));
  }
  server.get('/', async (_, reply) => {
    await send(reply);
    return reply;
  });
  return async (request, reply) => {
    const isPerson = request.headers.accept?.includes('text/html') === true;
    if (request.method !== 'GET' || !isPerson || request.url.startsWith('/v1')) return false;
    await send(reply);
    return true;
  };
}
