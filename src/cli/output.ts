/** Where the result of an export goes: a file or standard output. Writing waits, so memory stays flat. */
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** @param file undefined: standard output */
export async function withOutput<T>(
  file: string | undefined,
  story: (out: Writable) => Promise<T>,
): Promise<T> {
  const out = file === undefined ? process.stdout : createWriteStream(file);
  // Each write reports its own error; without a listener the event would end the program first.
  out.on('error', () => undefined);
  const result = await story(out);
  if (file !== undefined) await finished(out.end());
  return result;
}

/** Waits until the text is written; an error of the stream is an error of the export. */
export function writeText(out: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
