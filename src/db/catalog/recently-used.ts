/**
 * A map that forgets. What was asked for lately stays; what nobody asked for goes, half of the map at a time, so that a
 * look-up costs one or two reads and never a walk. Whoever needs several values together takes them out into a view of its
 * own: what stands here may be gone at the next look-up, and only costs a read then.
 */
export class RecentlyUsed<Key, Value> {
  readonly #mostPerHalf: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  /** @param most entries kept at once, at most; the last half of them that was used is always here */
  constructor(most: number) {
    this.#mostPerHalf = Math.max(1, Math.floor(most / 2));
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#mostPerHalf && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
