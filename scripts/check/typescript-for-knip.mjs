/**
 * Lets knip find a TypeScript it can use: `node --import` this file before it.
 *
 * Decision: knip is written against TypeScript's JavaScript interface, which version 7 (native code) does not have. The
 * last version with one is installed beside it as `typescript-js`, for knip alone; everything is checked and built by 7.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** Node loads this file twice: before the program, and as the hook in a thread of its own. */
if (isMainThread) register(import.meta.url);

export function resolve(specifier, context, next) {
  return next(specifier === 'typescript' ? 'typescript-js' : specifier, context);
}
