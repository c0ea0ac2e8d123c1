/**
 * Whose fault an error is. What the database says will pass, and so will a lost link: the same work will succeed later, and
 * nothing is wrong with what it was about. Everything else lies in the data or in the program, and comes again until one of
 * them changes. A statement that takes too long is its work's own fault: others have been through meanwhile.
 */

import { SchemaError } from '../schema/schema.ts';
import { OutcomeUnknownError, sqlState, whyUnavailable } from './failures.ts';

const TOOK_TOO_LONG = '57014';

/** Whether the same work will fail again as it is. */
export function isOwnFault(error: unknown): boolean {
  if (sqlState(error) === TOOK_TOO_LONG) return true;
  if (error instanceof OutcomeUnknownError || error instanceof SchemaError) return false;
  return whyUnavailable(error) === undefined;
}

/** What an error was, without values that may be somebody's: those of bad data stand in quotes. */
export function inShort(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const state = sqlState(error);
  if (state === undefined) return said;
  return `${state} ${state.startsWith('22') ? said.replaceAll(/"[^"]*"/g, '"…"') : said}`;
}
