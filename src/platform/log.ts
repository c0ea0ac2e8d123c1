/**
 * The log of a node, and what of an error goes into it.
 *
 * Decision: never a value. PostgreSQL repeats the row that a constraint refused, the statement's parameters and the text
 * that it could not read, and any of them may be a name or an address of somebody. What is kept finds the fault all the
 * same: code, constraint, table, column, the message without what stands in quotes, and where in the program it was.
 */
import { type DestinationStream, type LevelWithSilent, type Logger, type LoggerOptions, pino } from 'pino';

interface FromPostgres extends Error {
  readonly severity: string;
  readonly code: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
}

export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: describeError }, hooks: { logMethod: sparingly() } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

const SAY_AGAIN_AFTER_MS = 5_000;

/**
 * While the database is away, everything that works in the background fails several times a second with the same words: they
 * are written once in a while, so that an outage does not fill the disk. Such errors say of themselves that they are outages.
 */
function sparingly(): LogMethod {
  const saidAt = new Map<string, number>();
  return function write(args, method) {
    const [facts, words] = args as unknown as [{ readonly err?: unknown }, string];
    const error = facts?.err;
    if (error instanceof Error && 'isOutage' in error) {
      const said = `${words}: ${error.message}`;
      const now = performance.now();
      if (now - (saidAt.get(said) ?? -Infinity) < SAY_AGAIN_AFTER_MS) return;
      saidAt.set(said, now);
    }
    method.apply(this, args);
  };
}

/** What of an error may be written down. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as Error & { readonly code?: unknown };
  return {
    type: error.name,
    message: isFromPostgres(error) ? withoutValues(error) : error.message,
    ...(typeof code === 'string' && { code }),
    ...(isFromPostgres(error) && {
      constraint: error.constraint,
      table: error.table,
      column: error.column,
    }),
    ...(!('isOutage' in error) && { at: placesOf(error) }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

function isFromPostgres(error: Error): error is FromPostgres {
  return 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** Errors in a statement's text speak of names only: values are never written into statements. */
const SPEAKS_OF_NAMES = /^42/;

function withoutValues({ message, code, constraint, table, column }: FromPostgres): string {
  if (SPEAKS_OF_NAMES.test(code)) return message;
  const names = new Set([constraint, table, column]);
  return message.replaceAll(/"([^"]*)"/g, (quoted: string, name: string) =>
    names.has(name) ? quoted : '"…"',
  );
}

/** The stack without the message that it begins with. */
function placesOf({ stack = '' }: Error): string[] {
  const lines = stack.split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at '));
}
