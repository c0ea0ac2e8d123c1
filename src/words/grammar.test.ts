/** How languages count: each takes the form that its own rules give the figure. */
import { describe, expect, it } from 'vitest';
import { grammarOf } from './grammar.ts';
import { countIn, PLAIN_WRITING } from './said.ts';

const count = countIn(PLAIN_WRITING);

describe('a count', () => {
  it.each(['en-GB', 'de', 'es', 'nl'])('takes the form for one only of 1, in %s', (locale) => {
    const { counted } = grammarOf(locale);
    const said = [0, 1, 2, 21, 101].map((value) => counted(count(value), 'one', 'many'));
    expect(said).toEqual(['0 many', '1 one', '2 many', '21 many', '101 many']);
  });

  it('takes the form for many of a part', () => {
    expect(grammarOf('de').counted({ of: 1.5, figure: '1,5' }, 'Tag', 'Tage')).toBe('1,5 Tage');
  });
});

describe('a list', () => {
  it('is joined as the language joins', () => {
    const joined = (locale: string) => [
      grammarOf(locale).and(['a', 'b', 'c']),
      grammarOf(locale).or(['a', 'i']),
    ];
    expect(joined('en-GB')).toEqual(['a, b and c', 'a or i']);
    expect(joined('de')).toEqual(['a, b und c', 'a oder i']);
    expect(joined('es')).toEqual(['a, b y c', 'a o i']);
    expect(joined('nl')).toEqual(['a, b en c', 'a of i']);
  });
});
