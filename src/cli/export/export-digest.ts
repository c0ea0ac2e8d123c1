/**
 * The digest of an export: the SHA-256 of each line, added up as 256-bit numbers modulo 2^256, in hexadecimal.
 *
 * Addition does not care about the order of lines and, unlike exclusive or, does not lose a line that stands twice.
 * Whoever has the file can recompute it with a few lines of any language, without sorting it.
 */
import { createHash } from 'node:crypto';

const MODULUS = 1n << 256n;

export class ExportDigest {
  #sum = 0n;

  /** @param line one record as written, without the newline */
  add(line: string): void {
    const hash = createHash('sha256').update(line).digest('hex');
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
  }

  hex(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
