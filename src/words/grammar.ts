/**
 * How a language counts and lists, the same for the server's English and the four languages of the pages:
 * which form a figure takes ("1 unit is", "2 units are") is asked of Intl.PluralRules and never worked out in
 * a sentence.
 */

/** How many, and the way the reader writes that figure. */
export interface Count {
  readonly of: number;
  readonly figure: string;
}

export interface Grammar {
  /** The form for so many. */
  readonly plural: (count: Pick<Count, 'of'>, one: string, other: string) => string;
  /** The figure with the form for so many: "1 unit", "2 units". */
  readonly counted: (count: Count, one: string, other: string) => string;
  /** "a, b and c" */
  readonly and: (words: readonly string[]) => string;
  /** "a, b or c" */
  readonly or: (words: readonly string[]) => string;
}

export function grammarOf(locale: string): Grammar {
  const rules = new Intl.PluralRules(locale);
  const and = new Intl.ListFormat(locale, { type: 'conjunction' });
  const or = new Intl.ListFormat(locale, { type: 'disjunction' });
  const plural: Grammar['plural'] = (count, one, other) => (rules.select(count.of) === 'one' ? one : other);
  return {
    plural,
    counted: (count, one, other) => `${count.figure} ${plural(count, one, other)}`,
    and: (words) => and.format(words),
    or: (words) => or.format(words),
  };
}
