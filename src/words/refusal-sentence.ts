/**
 * A refusal as a sentence in the language of the viewer, from its code and the values beside it. A code may
 * have several sentences for several sets of values ("no product A", "no order 7"): the first that lacks no
 * value is said. What a page does not know, or what came without its values, is said in the server's own
 * English sentence.
 */
import type { Problem, ProblemCode } from '../contract/call.ts';
import type { Count } from './grammar.ts';
import { countIn, type Writing } from './said.ts';

/** One sentence of a refusal; it takes what it needs from the values. */
export type Wording = (values: Values) => string;
export type RefusalWords = Readonly<Record<ProblemCode, readonly Wording[]>>;

/** The values beside a code, as the reader writes them. */
export class Values {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #writing: Writing;
  readonly #missing = new Set<string>();

  constructor(members: Readonly<Record<string, unknown>>, writing: Writing) {
    this.#members = members;
    this.#writing = writing;
  }

  /** What was asked for and is not there. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  /** A code, number or name as it is. */
  text(name: string): string {
    const value = this.#members[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return this.#lacks(name, '');
  }

  /** Several codes: "A, B". */
  texts(name: string): string {
    const value = this.#members[name];
    return Array.isArray(value) ? value.map(String).join(', ') : this.#lacks(name, '');
  }

  count(name: string): Count {
    const value = this.#members[name];
    const count = countIn(this.#writing);
    return typeof value === 'number' ? count(value) : this.#lacks(name, count(0));
  }

  moment(name: string): string {
    const value = this.#members[name];
    return typeof value === 'string' && value !== '' ? this.#writing.moment(value) : this.#lacks(name, '');
  }

  /** A value that has a word of its own in the language, such as a stage. */
  word(name: string, words: Readonly<Record<string, string>>): string {
    return words[this.text(name)] ?? this.#lacks(name, '');
  }

  /** Each of several things that have values of their own. */
  each(name: string, wording: Wording): string {
    const value = this.#members[name];
    if (!Array.isArray(value)) return this.#lacks(name, '');
    return value
      .map((members: Readonly<Record<string, unknown>>) => {
        const values = new Values(members, this.#writing);
        const sentence = wording(values);
        for (const missing of values.missing) this.#missing.add(`${name}.${missing}`);
        return sentence;
      })
      .join('; ');
  }

  #lacks<Value>(name: string, instead: Value): Value {
    this.#missing.add(name);
    return instead;
  }
}

/** @param words null: the language of the server's own sentences */
export function refusalSentence(problem: Problem, words: RefusalWords | null, writing: Writing): string {
  const wordings = words === null || !isWorded(problem.code, words) ? [] : words[problem.code];
  for (const wording of wordings) {
    const values = new Values(problem, writing);
    const sentence = wording(values);
    if (values.missing.size === 0) return sentence;
  }
  return problem.detail;
}

function isWorded(code: string, words: RefusalWords): code is ProblemCode {
  return Object.hasOwn(words, code);
}
