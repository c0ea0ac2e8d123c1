/**
 * By what a repeat is told from another request under the same name.
 *
 * Under an Idempotency-Key it is what was sent: a client that sends again sends the same. Under a number or reference of
 * one's own it is what was meant: another spelling of it (a default written out, members in another order) is the same
 * order or document (contract/canonical.ts). Texts are fingerprinted once a request, with a mark of this way
 * of doing it; fingerprints without the mark are of versions before, and are compared with what those would have
 * written, so that an upgrade makes no repeat a stranger.
 */
import { createHash } from 'node:crypto';

/** No fingerprint of versions before begins so: they had no dot. */
const MARK = '2.';

export class Contents {
  readonly #write: () => string;
  readonly #before: () => readonly string[];
  #hash: string | undefined;

  /**
   * @param write the text that is compared
   * @param before the JSON that versions before fingerprinted for the same request, each way they had
   */
  constructor(write: () => string, before: () => readonly string[]) {
    this.#write = write;
    this.#before = before;
  }

  get hash(): string {
    this.#hash ??= `${MARK}${fingerprint(this.#write())}`;
    return this.#hash;
  }

  /** Whether a kept fingerprint is of the same request. */
  isSame(kept: string): boolean {
    if (kept.startsWith(MARK)) return kept === this.hash;
    return this.#before().some((text) => kept === fingerprint(text));
  }
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
