/**
 * Strangers. Until there are users, whoever reaches the port may do everything, so the door asks of every request whether
 * it comes from this place. It must name this machine: a page that resolves its own name to this machine does not. No
 * page of another origin may have told a browser to send it; another port is another origin. A request without Origin and
 * Sec-Fetch-Site comes from a program, and what it brings is then of a type that no form of a page can send. Other
 * pages may lead a person to a page here, and nothing else.
 */
import { isIPv4 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Problem, problem } from './problem.ts';
import { sendProblem } from './routes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media type of a route's body; application/json when absent. */
    readonly takes?: string;
  }
}

const NAMED = /^(localhost|[\d.]+|\[::1\])(?::([1-9]\d{0,4}))?$/i;
const HTTP_PORT = '80';
const LAST_PORT = 65_535;

/**
 * The origin of the pages that a Host leads to: http://127.0.0.1:4400.
 * @returns undefined when it is no name of this machine: localhost, 127.0.0.0/8 in full, or [::1]
 */
export function originOf(host: string): string | undefined {
  const [, name = '', port = HTTP_PORT] = NAMED.exec(host.toLowerCase()) ?? [];
  if (name === '' || Number(port) > LAST_PORT) return undefined;
  if (/^\d/.test(name) && !(isIPv4(name) && name.startsWith('127.'))) return undefined;
  return port === HTTP_PORT ? `http://${name}` : `http://${name}:${port}`;
}

/** Says nothing about origin: a program; otherwise both of what it says must be of this place. */
function isForeign({ headers }: FastifyRequest, own: string): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origin !== own) return true;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** A person who follows a link to a page: what is read from the API has no pages. */
function isVisit({ method, headers, routeOptions }: FastifyRequest): boolean {
  if (method !== 'GET' || headers.origin !== undefined) return false;
  if (headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document') return false;
  return routeOptions.url?.startsWith('/v1') !== true;
}

function bringsBody({ headers }: FastifyRequest): boolean {
  const { 'content-type': type, 'content-length': length = '0', 'transfer-encoding': coding } = headers;
  return type !== undefined || coding !== undefined || length !== '0';
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a form can send is of none of these types, even when it is empty. */
function isOfWrongType(request: FastifyRequest, takes: string): boolean {
  if (SAFE.has(request.method) || request.is404 || !bringsBody(request)) return false;
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== takes;
}

/** Why a request is refused before anything of it is read; undefined: it is not. */
function whyRefused(request: FastifyRequest): Problem | undefined {
  const own = originOf(request.headers.host ?? '');
  if (own === undefined) {
    const detail = 'Allot answers only requests to localhost, 127.0.0.1 or [::1] until it has users';
    return problem('not_loopback', detail);
  }
  if (isForeign(request, own) && !isVisit(request)) {
    const detail = `A page of another origin than ${own} asked for this; Allot answers its own pages and programs`;
    return problem('foreign_origin', detail);
  }
  const { takes = 'application/json' } = request.routeOptions.config;
  if (isOfWrongType(request, takes)) {
    return problem('unsupported_media_type', `Send the body as ${takes}`);
  }
  return undefined;
}

/** Of every answer: no page of another origin may hold it, and nobody guesses its type. */
export const SEALED = {
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

export function refuseStrangers(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    // on the answer itself, so that a stream which writes its own head carries them as well
    for (const [name, value] of Object.entries(SEALED)) reply.raw.setHeader(name, value);
    const refused = whyRefused(request);
    if (refused !== undefined) await sendProblem(reply, refused);
  });
}
