/**
 * Assertions about our own code. A failed one is a bug: it throws, the transaction rolls back and the
 * caller gets a 500 with an id. What a user may get wrong is a refusal instead (see refusal.ts).
 */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Narrows away undefined where the surrounding code guarantees a value. */
export function present<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new InvariantError(message);
  return value;
}
