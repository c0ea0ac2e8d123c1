/**
 * Who asks, as far as a request tells: whether anybody still waits at the other end of the connection, and how long the
 * answer is worth anything to them, as `Prefer: wait=seconds` says (RFC 7240).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '../app/frame/overload.ts';

/** Longest that a request stands in line, unless it says less. */
const PATIENCE_MS = 5_000;
const WAIT = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i;

export function askerOf(request: FastifyRequest, reply: FastifyReply): Asker {
  const [, seconds] = WAIT.exec(String(request.headers['prefer'] ?? '')) ?? [];
  return {
    hasLeft: () => reply.raw.destroyed,
    patienceMs: seconds === undefined ? PATIENCE_MS : Math.min(PATIENCE_MS, Number(seconds) * 1000),
  };
}
