/** The values of the wire at their edges: what PostgreSQL or the calendar could not take is refused here. */
import { describe, expect, it } from 'vitest';
import { instant, lines, localDate, localDateTime, sku, text, typed } from './values.ts';

const UNSTORABLE = [
  '\0',
  'a\0b',
  '\ud800',
  'a\ud800',
  '\udc00b',
  'a\u0007b',
  'a\u007fb',
  'a\u0085b',
  'a\u009f',
];

describe('a text', () => {
  it.each(UNSTORABLE)('is not %j', (given) => {
    for (const kind of [text(100), typed(100), lines(100), sku]) {
      expect(kind.safeParse(given).success).toBe(false);
    }
  });

  it.each(['a', 'é', '漢字', '💥', 'a\ufeffb', '\u202ea', "'; drop table orders; --", 'a b'])(
    'is %j',
    (given) => {
      for (const kind of [text(100), typed(100), lines(100), sku]) expect(kind.parse(given)).toBe(given);
    },
  );

  it('has no ends of lines, unless lines make sense', () => {
    for (const given of ['a\nb', 'a\tb', 'a\r\nb']) {
      expect([text(9), typed(9), lines(9)].map((kind) => kind.safeParse(given).success)).toEqual([
        false,
        false,
        true,
      ]);
    }
  });

  it('has no spaces at its ends, unless it is as it was typed', () => {
    const kinds = [text(9), typed(9), lines(9)];
    expect(kinds.map((kind) => kind.safeParse(' a').success)).toEqual([false, true, true]);
    expect(kinds.map((kind) => kind.safeParse('').success)).toEqual([false, false, true]);
    expect(kinds.map((kind) => kind.safeParse('a'.repeat(10)).success)).toEqual([false, false, false]);
  });
});

describe('an instant', () => {
  it.each([
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.123456789Z',
    '2026-01-01T00:00:00+15:59',
    '2026-01-01T00:00:00-15:59',
    '1970-01-01T00:00:00Z',
    '2199-12-31T23:59:59-12:00',
    '2024-02-29T12:00:00+05:45',
  ])('is %s', (given) => {
    expect(instant.parse(given)).toBe(given);
  });

  it.each([
    '2026-01-01T00:00:00+16:00',
    '2026-01-01T00:00:00-16:00',
    '2026-01-01T00:00:00+23:59',
    '2026-01-01T00:00:00+15:60',
    '2026-01-01T00:00:00+00:00:00',
    '2026-01-01T00:00:00',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '2200-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '+002026-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    'infinity',
    'now',
  ])('is not %j', (given) => {
    expect(instant.safeParse(given).success).toBe(false);
  });

  it('of a local calendar keeps the same bounds', () => {
    expect([localDate, localDateTime].map((kind) => kind.safeParse('2200-01-01T00:00').success)).toEqual([
      false,
      false,
    ]);
    expect(localDate.safeParse('2023-02-29').success).toBe(false);
    expect(localDateTime.safeParse('2026-01-01T00:00Z').success).toBe(false);
  });
});
