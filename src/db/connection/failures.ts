/**
 * What failures of the database mean to whoever asked. Two of the link itself: it was lost before the commit was sent
 * (nothing of the transaction stays), or while the commit was on its way (it may have happened: nobody may say that it did
 * not). And those that the database names by SQLSTATE and that pass by themselves: the same request may be sent again.
 */
import pg from 'pg';

/** The link to the database was lost, or could not be made; nothing of the transaction under way was kept. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError';
  readonly isOutage = true;
}

/** The link was lost while a commit was on its way: what was to be changed is changed, or not. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/** Every connection of this node is in use, and none became free in time; nothing was asked of the database. */
export class ConnectionsTakenError extends Error {
  override readonly name = 'ConnectionsTakenError';
  readonly isOutage = true;

  constructor(cause: unknown) {
    super('All connections of this node to the database are in use', { cause });
  }
}

/** Said by the pool of node-postgres. */
export function isPoolWait(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The first words that an SQLSTATE begins with decide: classes come after their members. */
const PASSING: readonly (readonly [state: string, said: string])[] = [
  ['57014', 'The database took longer than a statement may take'],
  ['55P03', 'Something that this request needs is held by another for longer than it may wait'],
  ['40', 'Too many requests changed the same at the same time'],
  [
    '25006',
    'The database takes no changes just now: it is read-only, or a standby that is not the first yet',
  ],
  ['53100', 'The disk of the database is full'],
  ['53200', 'The database has no memory left'],
  ['53300', 'The database takes no more connections just now'],
  ['53', 'The database lacks something that it needs just now'],
  ['58030', 'The disk of the database does not take or give data just now'],
  ['25P03', 'The database ended a transaction that stood still for too long'],
  ['57P', 'The database stops or starts just now'],
  ['08', 'The link to the database was lost'],
];

/** Said by Node.js of a connection that breaks, or cannot be made. */
const LINK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Said by node-postgres, which gives them no code. */
const LINK_WORDS =
  /^(Connection terminated|Query read timeout|Client (has encountered|was closed)|timeout expired)/;

/** SQLSTATEs with which a server ends the connection. */
const ENDS_THE_LINK = /^(57P0|25P0[34]|08)/;

/** Whether the connection on which this was said is of no more use. */
export function endsTheLink(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  if (state !== undefined) return ENDS_THE_LINK.test(state);
  return LINK_WORDS.test(error.message) || ('code' in error && LINK_CODES.has(String(error.code)));
}

/** States that follow from what one request does, beside others; the next may get through. */
const OF_ONE_REQUEST = /^(40|55P03|57014)/;

/** Whether any other request would fail in the same way just now. */
export function isOutage(error: unknown): boolean {
  return whyUnavailable(error) !== undefined && !OF_ONE_REQUEST.test(sqlState(error) ?? '');
}

function sayPassing(state: string): string | undefined {
  return PASSING.find(([begin]) => state.startsWith(begin))?.[1];
}

/**
 * Why the database cannot do it just now, in one sentence; undefined when it is nothing that passes by itself. Nothing
 * of what was asked was kept.
 */
export function whyUnavailable(error: unknown): string | undefined {
  if (error instanceof LinkLostError) return 'The link to the database was lost';
  if (error instanceof ConnectionsTakenError)
    return 'All connections of this node to the database are in use';
  const state = sqlState(error);
  return state === undefined ? undefined : sayPassing(state);
}
