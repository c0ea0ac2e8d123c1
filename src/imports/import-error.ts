/** A file that cannot be imported at all, and why; its author can put it right. Nothing of it was taken. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
