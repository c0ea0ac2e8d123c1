/**
 * "Not now": a request that is turned away before anything is done for it, since it would wait longer than its answer is
 * worth. It is thrown, since it says nothing about the request: the same one is welcome after some seconds, which are
 * reckoned from how fast the line moves and sent as Retry-After.
 */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly retryAfterSeconds: number;

  constructor(message: string, { retryAfterMs }: { readonly retryAfterMs: number }) {
    super(message);
    this.retryAfterSeconds = Math.min(MAX_RETRY_AFTER_S, Math.max(1, Math.ceil(retryAfterMs / 1000)));
  }
}

/** Nobody is sent away for longer: a line may be gone sooner than its length says. */
const MAX_RETRY_AFTER_S = 30;

/** Who asks, and what an answer is worth to them. */
export interface Asker {
  /** Nobody waits for the answer any more. */
  readonly hasLeft: () => boolean;
  /** How long it may stand in line, in milliseconds. */
  readonly patienceMs: number;
}
