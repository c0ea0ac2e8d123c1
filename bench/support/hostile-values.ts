/**
 * Values that software trips over, and ways to bend a valid JSON value with them: wrong types, edges of numbers,
 * broken unicode, missing and extra members, far too much of something.
 */
import type { Random } from './seeded-random.ts';

/** Stands for a piece of JSON that a JavaScript value cannot express, such as 1e400; see `writeJson`. */
const RAW = '\u{f0000}raw:';

function raw(json: string): string {
  return `${RAW}${json}${RAW}`;
}

/** JSON text of a value, with raw pieces put in as they are. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(new RegExp(`"${RAW}(.*?)${RAW}"`, 'gu'), '$1');
}

function nested(depth: number, open: string, close: string): string {
  return raw(open.repeat(depth) + close.repeat(depth));
}

const NUMBERS: readonly unknown[] = [
  0,
  -1,
  1.5,
  0.1,
  1e9 + 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e21,
  -1e308,
  5e-324,
  ...['1e400', '-1e400', '-0', '1E2', '1.0', '1e-400', '123456789012345678901234567890'].map(raw),
];
const TEXTS: readonly string[] = [
  '',
  ' ',
  'x',
  'null',
  'true',
  '0',
  '1',
  '-1',
  'NaN',
  ' leading',
  'trailing ',
  'line\nbreak',
  'tab\t',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '\u202egnp.exe',
  '\ufeff',
  '💥'.repeat(30),
  'e\u0301',
  '\u{10ffff}',
  'ﷺ',
  '١٢٣',
  'a'.repeat(65),
  'a'.repeat(201),
  'a'.repeat(100_000),
  "'; drop table orders; --",
  '$1',
  '%s%n',
  '{}',
  '\\',
  '../../etc/passwd',
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '9999-12-31',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00',
  '+275760-09-13T00:00:00Z',
  '2026-01-01T00:00:00+16:00',
  '2026-01-01T00:00:00-23:59',
  '2199-12-31T23:59:59-15:59',
  '1970-01-01T00:00:00+15:59',
  '2026-06-30T23:59:60Z',
  '2026-01-01T00:00:00.1234567890123456789Z',
  'x\ud83d',
  '\ufffe',
  '\u0007',
  '\u0085',
  '\u2028',
  'Europe/Nowhere',
  'europe/amsterdam',
  '+02:00',
  'nl',
  'EURO',
  '__proto__',
  'constructor',
  'infinity',
  '-infinity',
  'now',
];
const SHAPES: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  [[[]]],
  { length: 1 },
  { toString: 1 },
  { $gt: '' },
  nested(40, '[', ']'),
  nested(2_000, '[', ']'),
  raw(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`),
  raw('{"__proto__":{"a":1}}'),
  raw('{"constructor":{"prototype":{"a":1}}}'),
];

function hostileValue(random: Random): unknown {
  return structuredClone(random.pick(random.pick([NUMBERS, TEXTS, SHAPES])));
}

export function hostileText(random: Random): string {
  return random.pick(TEXTS);
}

const IN_CURSORS: readonly unknown[] = [
  ...[
    0,
    -1,
    1.5,
    2 ** 15,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53),
    8.64e15,
    8.64e15 + 1,
    253_402_300_800_000,
    1e308,
  ],
  ...['', 'x', '\u0000', '\ud800', 'a'.repeat(201), '__proto__', null, true, [], {}],
];

/** What a cursor might be that nobody was given: of any shape, with any values. */
export function hostileCursor(random: Random): string {
  const places = Array.from({ length: random.between(0, 6) }, () => random.pick(IN_CURSORS));
  const text = random.chance(0.9)
    ? JSON.stringify(places)
    : random.pick(['{}', 'null', '[[[]]]', '[1e999]', '[', '']);
  return Buffer.from(text).toString('base64url') || '-';
}

type Holder = Record<string, unknown> | unknown[];
interface Spot {
  readonly holder: Holder;
  readonly key: string;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

/** Every place in a value that can be changed. */
function spotsOf(holder: Holder): Spot[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(isHolder(value) ? spotsOf(value) : []),
  ]);
}

function put({ holder, key }: Spot, value: unknown): void {
  Reflect.set(holder, key, value);
}

function remove({ holder, key }: Spot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** A value grows to about so many characters at most by being repeated: a little above the largest body. */
const MOST_TEXT = 1_200_000;

/** Repeats what stands at the spot far too often. The value is then too large to be looked at again: nothing else is bent. */
function multiply(spot: Spot, times: number): void {
  const value: unknown = Reflect.get(spot.holder, spot.key);
  const size = JSON.stringify(value)?.length ?? 1;
  put(spot, Array<unknown>(Math.min(times, Math.ceil(MOST_TEXT / size))).fill(value));
}

/** A copy of `value` bent in one to three places, or in which one is repeated: at most once, for each repeats the ones before. */
export function bent(value: unknown, random: Random): unknown {
  if (!isHolder(value) || random.chance(0.05)) return hostileValue(random);
  const copy = structuredClone(value);
  for (let times = random.chance(0.8) ? 1 : 3; times > 0; times--) {
    const spots = spotsOf(copy);
    const what = random.between(1, 10);
    if (spots.length === 0 || what === 1)
      Reflect.set(copy, random.pick(['extra', '__proto__x', '', 'id']), 1);
    else if (what <= 3) remove(random.pick(spots));
    else if (what === 4) {
      multiply(random.pick(spots), random.pick([0, 2, 501, 1_001, 20_000]));
      return copy;
    } else put(random.pick(spots), hostileValue(random));
  }
  return copy;
}
