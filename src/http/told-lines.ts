/**
 * An answer of many lines, each told when there is something to tell (an import). Whoever tells waits until what was told is
 * taken, so that never more is kept here than a connection holds; a client that takes nothing any more, or has gone, is
 * given up, and with it what was done for it.
 */
import { PassThrough } from 'node:stream';
import type { ImportLine } from '../contract/imports.ts';

/** A client that takes nothing of the answer for so long is given up. */
const TAKEN_WITHIN_MS = 60_000;

/** Whoever asked has gone, or takes nothing of the answer. */
export class NobodyListensError extends Error {
  override readonly name = 'NobodyListensError';
}

export class ToldLines {
  readonly stream = new PassThrough();

  get isLeft(): boolean {
    return this.stream.destroyed;
  }

  /** Tells it, and waits until there is room for more. @throws NobodyListensError */
  async say(line: ImportLine): Promise<void> {
    if (this.isLeft) throw new NobodyListensError();
    if (!this.stream.write(textOf(line))) await this.#room();
    if (this.isLeft) throw new NobodyListensError();
  }

  /** Tells it if there is room: nothing depends on it. */
  mention(line: ImportLine): void {
    if (!this.isLeft && !this.stream.writableNeedDrain) this.stream.write(textOf(line));
  }

  end(): void {
    this.stream.end();
  }

  #room(): Promise<void> {
    const { stream } = this;
    return new Promise((resolve) => {
      const late = setTimeout(() => stream.destroy(), TAKEN_WITHIN_MS);
      const end = () => {
        clearTimeout(late);
        stream.off('drain', end).off('close', end);
        resolve();
      };
      stream.once('drain', end).once('close', end);
    });
  }
}

function textOf(line: ImportLine): string {
  return `${JSON.stringify(line)}\n`;
}
