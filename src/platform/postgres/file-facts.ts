/**
 * What the operating system says about files.
 *
 * Decision: "not there" is an answer, every other failure is a failure: a folder that may not be read must never pass
 * for one that is missing.
 */
import { lstat } from 'node:fs/promises';

/** The `code` of a failed system call ('ENOENT', …), or undefined when it is another kind of error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether there is anything at this path, a link that leads nowhere included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
