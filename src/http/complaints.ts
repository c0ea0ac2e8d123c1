/**
 * What the door writes into the log of requests that failed. A bug is written each time, with all there is to know. Trouble
 * of the surroundings meets every request in the same way: it is written once in a while, with how many it met, so that a
 * log does not fill the disk while the database is away. Addresses may name people, so the route is written instead.
 */
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Problem } from './problem.ts';

const SAY_AGAIN_AFTER_MS = 5_000;

export class Complaints {
  readonly #logger: Logger;
  /** By what is said: when it was said last, and how often it was not said since. */
  readonly #said = new Map<string, { at: number; unsaid: number }>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  write(error: Error, { status, code, detail }: Problem, request: FastifyRequest): void {
    const route = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    if (status === 503) this.#writeSparingly(error, code, detail);
    else this.#logger.error({ err: error, route, request: request.id }, 'request failed');
  }

  #writeSparingly(error: Error, code: string, detail: string): void {
    const said = this.#said.get(detail);
    const now = performance.now();
    if (said !== undefined && now - said.at < SAY_AGAIN_AFTER_MS) {
      said.unsaid += 1;
      return;
    }
    this.#said.set(detail, { at: now, unsaid: 0 });
    const requests = (said?.unsaid ?? 0) + 1;
    this.#logger.warn({ code, why: detail, said: error.message, requests }, 'requests are turned away');
  }
}
