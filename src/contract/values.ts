/**
 * The values every schema of the wire is made of, each with its bounds; no other file makes a text. A text that PostgreSQL could not store, a
 * number that is not exact or a date outside the calendar in use fails here, with the path of the field, and
 * nowhere later.
 */
import { z } from 'zod';
import { beyondBounds, beyondInWords, MAX_ORDER_UNITS, MAX_VALUE } from '../core/kernel/bounds.ts';
import { MAX_QUANTITY } from '../core/kernel/quantity.ts';
import { MAX_CLOSED_DATES } from '../core/supply/calendar.ts';

/** Most rows one page of a list may have. */
export const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /(?![\t\n\r])\p{Cc}/u;

/**
 * The one kind of text that comes in: whole characters, of which no control is one. PostgreSQL stores no NUL and no half of
 * a character, and nothing else could show the others.
 */
const character = z.string().refine((value) => value.isWellFormed() && !CONTROL.test(value), {
  error: 'text without control characters, of whole characters',
});

/** One line that says something, without spaces at its ends. */
export function text(maximum: number) {
  return character
    .min(1)
    .max(maximum)
    .refine((value) => value.trim() === value, { error: 'text without spaces at its ends' });
}

/** One line as it was typed somewhere: spaces may stand at its ends. */
export function typed(maximum: number) {
  return character.min(1).max(maximum);
}

/** Text that may have lines, or nothing in it. */
export function lines(maximum: number) {
  return z
    .string()
    .max(maximum)
    .refine((value) => value.isWellFormed() && !CONTROL_BUT_LINES.test(value), {
      error: 'text without control characters other than tabs and ends of lines, of whole characters',
    });
}

/** A word of a fixed form: it may have no other characters than `form` names. */
export function word(form: RegExp, error: string) {
  return z.string().regex(form, { error });
}

/** A text in an answer: it was looked at when it came in. */
export const plain = z.string();

export const code = word(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'letters, digits, dot, dash and underscore, at most 64',
).describe('A code chosen by the merchant');
export const sku = text(64)
  .refine((value) => value !== '.' && value !== '..', {
    error: 'a name that an address can carry, not . or ..',
  })
  .describe('The SKU of a product');
export const name = text(200);
export const reason = text(500);
export const reference = text(100).describe("The document's own number; sent twice, it has one effect");
export const customer = text(200).describe("The channel's own reference for the customer");
export const email = z.email().max(200);
export const country = word(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code such as NL');
export const currency = word(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR');

export const units = z.int().min(1).max(MAX_QUANTITY);
export const unitsOrNone = z.int().min(0).max(MAX_QUANTITY);
export const signedUnits = z
  .int()
  .min(-MAX_QUANTITY)
  .max(MAX_QUANTITY)
  .refine((value) => value !== 0, { error: 'a change other than 0' });
/** Highest unit price, in minor units of the currency. */
const MAX_PRICE = 1_000_000_000_000;
export const minorUnits = z.int().min(0).max(MAX_PRICE).describe('Minor units of the currency (cents)');
/** Lines of one document, whose units and value are bounded together. */
export function valuedLines<Line extends z.ZodType<{ quantity: number; unitPrice: number }>>(
  line: Line,
  maximum: number,
) {
  return z
    .array(line)
    .min(1)
    .max(maximum)
    .superRefine((lines, context) => {
      const beyond = beyondBounds(lines.map(({ quantity, unitPrice }) => ({ units: quantity, unitPrice })));
      if (beyond === undefined) return;
      const path = [beyond.at, beyond.of === 'units' ? 'quantity' : 'unitPrice'];
      context.addIssue({ code: 'custom', path, message: beyondInWords(beyond) });
    })
    .describe(`At most ${MAX_ORDER_UNITS} units and ${MAX_VALUE} minor units of the currency in all`);
}
export const priority = z.int().min(-100).max(100).describe('Higher is served first; 0 is the usual one');

/** Instants are accepted from 1970 up to the end of 2199. */
const LAST_YEAR = 2199;
function inCalendar(value: string): boolean {
  const year = Number(value.slice(0, 4));
  return year >= 1970 && year <= LAST_YEAR;
}
const calendarError = { error: `a date between 1970 and ${LAST_YEAR}` };

/** PostgreSQL takes offsets up to 15:59; none on earth is beyond 14:00. */
const OFFSET_IN_USE = /(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)$/i;

export const instant = z.iso
  .datetime({ offset: true })
  .refine(inCalendar, calendarError)
  .refine((value) => OFFSET_IN_USE.test(value), { error: 'an instant with an offset within 15:59' })
  .describe('An instant with offset, such as 2026-03-01T09:30:00Z');
export const localDate = z.iso.date().refine(inCalendar, calendarError).describe('A day, YYYY-MM-DD');
export const localDateTime = z.iso
  .datetime({ local: true, precision: -1 })
  .refine((value) => inCalendar(value) && !value.endsWith('Z'), calendarError)
  .describe('A local date and time, YYYY-MM-DDTHH:MM');

/**
 * Area and city, or UTC. Short names such as EST or CST are refused: PostgreSQL and JavaScript read some of them as
 * different zones, and would release a pre-order hours apart.
 */
const ZONE_NAME = /^(?!SystemV\/|US\/Pacific-New$)[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/i;

function isTimeZone(value: string): boolean {
  if (value === 'UTC') return true;
  if (!ZONE_NAME.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
export const timeZone = text(64).refine(isTimeZone, { error: 'an IANA time zone such as Europe/Amsterdam' });

function eachOnce<Value>(values: readonly Value[]): boolean {
  return new Set(values).size === values.length;
}
export const closedWeekdays = z
  .array(z.int().min(1).max(7))
  .max(6)
  .refine(eachOnce, { error: 'each weekday once' })
  .default([])
  .describe('ISO weekdays (1 Monday … 7 Sunday) that are closed; at least one day stays open');
export const closedDates = z
  .array(localDate)
  .max(MAX_CLOSED_DATES)
  .refine(eachOnce, { error: 'each day once' })
  .default([])
  .describe('Days that are closed, such as holidays');

export const orderId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
export const line = z.int().min(1).max(500);

export const page = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  cursor: word(/^[A-Za-z0-9_-]{1,500}$/, 'the nextCursor of the page before').optional(),
};

/** How a list of things that have a code and a name is sorted. */
export const sortByName = z.strictObject({ sort: z.enum(['code', 'name']).default('code') });

/** A page of rows; `nextCursor` is null on the last one. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: plain.nullable() });
}

/** JSON in an address, to be piped into what it has to be. */
export function jsonText(maximum: number, expected: string) {
  return lines(maximum).transform((given, context): unknown => {
    try {
      return JSON.parse(given);
    } catch {
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    }
  });
}

/** A sum of quantities: exact, and not bound by what one item may hold. */
export const total = z.int().min(0);

export const bucketTotals = z.object({
  ordered: total,
  pending: total,
  allocated: total,
  backordered: total,
  preordered: total,
  unfillable: total,
  shipped: total,
  cancelled: total,
});

export const buckets = z.object({
  ordered: unitsOrNone,
  pending: unitsOrNone,
  allocated: unitsOrNone,
  backordered: unitsOrNone,
  preordered: unitsOrNone,
  unfillable: unitsOrNone,
  shipped: unitsOrNone,
  cancelled: unitsOrNone,
});

/** Where an order goes, as far as it is known. */
export const shipTo = z.strictObject({
  country: country.optional(),
  postcode: typed(20).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});
