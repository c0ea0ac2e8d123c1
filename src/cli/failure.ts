/**
 * What a failure looks like on a terminal. Things a person can put right (a setting, a data folder, a database that
 * does not answer, a file that is not there) are one clear line; anything else is a bug and keeps its stack.
 */
import { SchemaError } from '../db/schema/schema.ts';
import { ImportError } from '../imports/import-error.ts';
import { ConfigError } from '../platform/config.ts';
import { DataFolderError } from '../platform/postgres/data-folder-error.ts';

/** Something the person at the terminal can put right; the message says how. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Codes of Node.js and PostgreSQL that speak of the surroundings, not of us, and what to say. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the database does not answer there',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'the database did not answer in time',
  EADDRINUSE: 'another program listens there already; choose another --port, or 0 for any free one',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'no permission',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  '28000': 'the database does not let this user in',
  '28P01': 'the database does not accept this user and password',
  '3D000': 'the database server has no such database; create it first',
  '53300': 'the database has no connection left',
};

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

const SAID = [ConfigError, DataFolderError, SchemaError, ImportError, CommandError];

/** One line where that is enough, else the stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof Error && SAID.some((kind) => error instanceof kind)) return error.message;
  const known = SURROUNDINGS[codeOf(error) ?? ''];
  if (known !== undefined && error instanceof Error) return `${known} (${reasonOf(error)})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
