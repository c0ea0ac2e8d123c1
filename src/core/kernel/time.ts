/**
 * Time as data. An Instant is whole milliseconds since 1970 in UTC; the core never asks what time it is, it is
 * told. Instants that rank a queue are stored to the millisecond, so that the order computed here and the
 * order of an index are the same order.
 */
import { invariant } from './assert.ts';

declare const instantBrand: unique symbol;
export type Instant = number & { readonly [instantBrand]: true };

/** 'YYYY-MM-DD', a day in some time zone. */
export type LocalDate = string & { readonly [instantBrand]: 'date' };

export function instant(milliseconds: number): Instant {
  invariant(Number.isSafeInteger(milliseconds), `not an instant: ${milliseconds}`);
  return milliseconds as Instant;
}

export function instantFromIso(text: string): Instant {
  return instant(Date.parse(text));
}

export function isoInstant(value: Instant): string {
  return new Date(value).toISOString();
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day that `now` falls on in `zone` (an IANA name). */
export function localDate(now: Instant, zone: string): LocalDate {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    // en-CA writes dates as YYYY-MM-DD
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter.format(now) as LocalDate;
}
