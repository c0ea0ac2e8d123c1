/**
 * The door: one HTTP server made from the contract. Who may come in is asked first (strangers.ts), for every address there
 * is or is not; what went wrong behind it becomes a problem document here.
 */
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { OverloadedError } from '../app/frame/overload.ts';
import {
  ConnectionsTakenError,
  OutcomeUnknownError,
  sqlState,
  whyUnavailable,
} from '../db/connection/failures.ts';
import { SchemaError } from '../db/schema/schema.ts';
import { CursorError } from '../reads/page.ts';
import type { HttpContext } from './acts/context.ts';
import { addChanges } from './changes.ts';
import { Complaints } from './complaints.ts';
import { addDashboard } from './dashboard.ts';
import { addDocumentation } from './documentation/documentation.ts';
import { addHealth } from './health.ts';
import { addImports } from './imports.ts';
import { type Problem, problem } from './problem.ts';
import { addReportFiles } from './report-files.ts';
import { addRoutes, sendProblem } from './routes.ts';
import { refuseStrangers, SEALED } from './strangers.ts';
import { drainBody } from './unread-body.ts';
import { answerUnreadable, overlookExpectations } from './unreadable.ts';

/** Largest body of a request, in bytes. */
const BODY_LIMIT = 1_048_576;
/** The head of a request comes within so long, all of it within so long: then 408. */
const HEADERS_WITHIN_MS = 15_000;
const REQUEST_WITHIN_MS = 60_000;
const CHECK_EVERY_MS = 5_000;
/** A connection on which nothing moves for so long is closed: nobody takes the answer. */
const STILL_AT_MOST_MS = 120_000;
/** Connections at once: one that is beyond is closed. Idle ones cost some kilobytes each. */
const MAX_CONNECTIONS = 10_000;
/** At a stop, what is under way has so long; then connections are cut off, whoever reads or not. */
const GRACE_MS = 5_000;

export function createServer(context: HttpContext, logger: Logger): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    // who asks meanwhile is answered like anybody else, by a problem document
    return503OnClosing: false,
    requestTimeout: REQUEST_WITHIN_MS,
    connectionTimeout: STILL_AT_MOST_MS,
    // one without Host is refused like any other that does not name this machine
    http: {
      requireHostHeader: false,
      headersTimeout: HEADERS_WITHIN_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    clientErrorHandler: answerUnreadable,
    // an address that is no address never reaches the error answer below
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(
        reply.headers(SEALED),
        problem('invalid_request', 'The address of the request is not a valid one'),
      );
    },
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  cutOffAtStop(server);
  overlookExpectations(server);
  refuseStrangers(server);
  const complaints = new Complaints(logger);
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const found = problemFor(error, request.routeOptions.bodyLimit);
    drainBody(request, reply);
    const isTurnedAway = error instanceof OverloadedError;
    if (found.status >= 500 && !isTurnedAway) complaints.write(error, found, request);
    if (isTurnedAway) reply.header('retry-after', String(error.retryAfterSeconds));
    await sendProblem(reply, found.status === 500 ? { ...found, id: request.id } : found);
  });
  const sendPage = addDashboard(server);
  server.setNotFoundHandler(async (request, reply) => {
    if (await sendPage(request, reply)) return;
    const detail = `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200)}; see /docs`;
    await sendProblem(reply, problem('not_found', detail));
  });
  addRoutes(server, context);
  addChanges(server, context.app.db);
  addImports(server);
  addReportFiles(server, context);
  addHealth(server, { db: context.app.db, reports: context.reports });
  addDocumentation(server);
  return server;
}

/** A client that has stopped reading a file or stream would else keep the server from stopping. */
function cutOffAtStop(server: FastifyInstance): void {
  let cutOff: NodeJS.Timeout | undefined;
  let isStopping = false;
  server.addHook('onRequest', async (_, reply) => {
    if (isStopping)
      await sendProblem(reply, problem('overloaded', 'Allot stops here just now; send it again'));
  });
  server.addHook('preClose', async () => {
    isStopping = true;
    cutOff = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
  });
  server.addHook('onClose', async () => clearTimeout(cutOff));
}

/** A time zone that the database's server does not know; constraints refuse it where one is written. */
const UNKNOWN_ZONE = '22023';

const UNKNOWN_OUTCOME =
  'The link to the database was lost before it said whether this was done. Send the same request again: orders by their ' +
  'number, documents by their reference, and anything under an Idempotency-Key are done once however often they are sent';

function problemFor(error: FastifyError, bodyLimit = BODY_LIMIT): Problem {
  const state = sqlState(error) ?? '';
  if (error instanceof CursorError) {
    return problem('invalid_request', 'The cursor is not one that a page of this list gave', {
      errors: [{ in: 'query', path: 'cursor', message: 'the nextCursor of the page before' }],
    });
  }
  if (state === UNKNOWN_ZONE) {
    return problem('invalid_request', `PostgreSQL says: ${error.message}; name a zone that it knows`);
  }
  if (error instanceof OverloadedError) return problem('overloaded', error.message);
  if (error instanceof ConnectionsTakenError) return problem('overloaded', `${error.message}; send it again`);
  if (error instanceof SchemaError) return problem('outdated_program', error.message);
  if (error instanceof OutcomeUnknownError) {
    return problem('outcome_unknown', UNKNOWN_OUTCOME);
  }
  const unavailable = whyUnavailable(error);
  if (unavailable !== undefined) {
    return problem('database_unavailable', `${unavailable}; nothing was changed, send the request again`);
  }
  if (error.statusCode === 413) {
    return problem('payload_too_large', `The body is larger than ${bodyLimit} bytes`);
  }
  if (error.statusCode === 415) {
    return problem('unsupported_media_type', 'Send the body as application/json');
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problem('invalid_request', `The request could not be read: ${error.message}`);
  }
  return problem('internal_error', 'Something went wrong on our side; nothing was changed');
}
