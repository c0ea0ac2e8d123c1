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

/** A day that the edge has checked to be one. */
export function localDateFrom(text: string): LocalDate {
  invariant(/^\d{4}-\d{2}-\d{2}$/.test(text), `not a day: ${text}`);
  return text as LocalDate;
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

const DAY = 86_400_000;

/** The first instant whose day in `zone` is not the day of `now`. */
export function startOfNextDay(now: Instant, zone: string): Instant {
  const today = localDate(now, zone);
  let before: number = now;
  // No day is longer than 48 hours, whatever its clocks do.
  let after: number = now + 2 * DAY;
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if (localDate(instant(between), zone) === today) before = between;
    else after = between;
  }
  return instant(after);
}

/** `days` calendar days later (or earlier, when negative). Local dates have no zone, so every day has 24 hours. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10) as LocalDate;
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/** 1 Monday … 7 Sunday, as in ISO 8601. */
export function weekday(date: LocalDate): number {
  return ((new Date(date).getUTCDay() + 6) % 7) + 1;
}

/** The later of two days. */
export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? b : a;
}
