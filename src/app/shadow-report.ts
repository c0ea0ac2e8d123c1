/** Placeholder. */
import type { AnswerOf } from '../contract/operations.ts';
import type { App } from './app.ts';

export async function readShadowReport(
  _app: App,
  _version: number,
): Promise<AnswerOf<'readShadowReport'> | undefined> {
  return undefined;
}
