/**
 * Lets knip find a TypeScript it can use: `node --import` this file before it.
 *
 * Decision: knip is written against TypeScript's JavaScript interface, which version 7 (native code) does not have.
 * @ts-morph/common carries the last version with one, for knip alone; everything is checked and built by 7. Installing
 * that version itself under another name would put a second `tsc` in npm's way: which one ran was up to chance.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const WITH_INTERFACE = '@ts-morph/common/dist/typescript.js';

/** Node loads this file twice: before the program, and as the hook in a thread of its own. */
if (isMainThread) register(import.meta.url);

export function resolve(specifier, context, next) {
  return next(specifier === 'typescript' ? WITH_INTERFACE : specifier, context);
}
