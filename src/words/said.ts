/**
 * Words and what they are filled with. A text of this house is written once in English (src/words/en,
 * web/words/en), and its shape is the type that every other language must have: what one of them lacks does
 * not compile.
 */
import type { Count } from './grammar.ts';

/** The same shape with any text. */
export type Said<Value> = Value extends string
  ? string
  : Value extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Member in keyof Value]: Said<Value[Member]> };

/** How a reader writes figures, days and moments. */
export interface Writing {
  /** 12,345 */
  readonly figure: (value: number) => string;
  /** 4.50 */
  readonly decimals: (value: number) => string;
  /** 10 Dec 2026 */
  readonly day: (date: string) => string;
  /** 10 Dec 2026, 14:05 */
  readonly moment: (instant: string) => string;
}

/** As the server and the command line write: to be read by people and machines alike. */
export const PLAIN_WRITING: Writing = {
  figure: String,
  decimals: (value) => value.toFixed(2),
  day: (date) => date,
  moment: (instant) => instant,
};

export function countIn({ figure }: Writing): (value: number) => Count {
  return (value) => ({ of: value, figure: figure(value) });
}
