/**
 * Why a data folder could not be used, in words for the person who started Allot.
 *
 * Decision: everything that goes wrong before the database answers is one error with a stable code, because
 * the caller (a command line) does the same with all of them: print the message and leave. The message says
 * what to do next; the code is for tests and scripts.
 */
export type DataFolderErrorCode =
  /** Another live process has it; the message names its pid. */
  | 'locked'
  /** Written by a newer major version of PostgreSQL than this Allot brings. Nothing was touched. */
  | 'newer_version'
  /** Written by an older major version: it has to be upgraded first. Nothing was touched. */
  | 'older_version'
  /** Something else is in there. Nothing was touched. */
  | 'not_a_data_folder'
  /** The data folder leads to a place that is not there. Nothing was touched. */
  | 'data_missing'
  /** We, or the user PostgreSQL runs as, may not enter, read or write it. */
  | 'unreachable'
  /** PostgreSQL did not come up; the message carries its last words. */
  | 'start_failed';

export class DataFolderError extends Error {
  readonly code: DataFolderErrorCode;

  constructor(code: DataFolderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataFolderError';
    this.code = code;
  }
}
