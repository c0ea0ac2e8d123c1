/**
 * Fastest: calendar days until the item can be there: the warehouse's next open days and handling, then the days on the
 * way of the first row that fits. Without such a row it is not known.
 */
import { daysBetween, localDate } from '../../kernel/time.ts';
import { afterOpenDays, openDayFrom } from '../../supply/calendar.ts';
import type { Strategy } from '../rule.ts';
import type { Score } from '../scoring.ts';
import { fits } from './fits.ts';

type Fastest = Extract<Strategy, { readonly kind: 'fastest' }>;

export function fastest({ transit }: Fastest): Score {
  return ({ warehouse }, _units, { destination, now }) => {
    const row = transit.find((each) => fits(each, warehouse.code, destination.country));
    if (row === undefined) return null;
    const today = localDate(now, warehouse.timeZone);
    const ready = afterOpenDays(warehouse, openDayFrom(warehouse, today), warehouse.handlingDays);
    return daysBetween(today, ready) + row.days;
  };
}
