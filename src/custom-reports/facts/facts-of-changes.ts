/**
 * Facts of what happened: a row for each change of the stock that an item has or waits for, and for each time
 * a customer was told another day.
 */
import { sql } from 'kysely';
import { CODES, column, columnsFrom, type Moment, ORDER, type Sources, utc } from './fact-sources.ts';
import { CHANGED_UNITS, isChange, rulesOf, waitingOf } from './item-states.ts';

const DW = waitingOf('t');
const ITEM = { item: sql`join order_items i on i.order_id = t.order_id and i.line = t.line` };

export function changes({ instant }: Moment): Sources {
  const units = Object.entries(CHANGED_UNITS).map(([name, is]) => [name, is('t', DW)] as const);
  return {
    from: sql`item_events t`,
    where: sql`t.recorded_at <= ${instant} and ${isChange(units.map(([, is]) => is))}`,
    joins: { ...CODES.joins, ...ORDER.joins, ...ITEM },
    columns: {
      ...CODES.columns,
      number: ORDER.number,
      ...columnsFrom('t', ['order_id', 'line', 'cause']),
      kind: column(sql`i.kind`, 'item'),
      document: column(sql`t.reference`),
      rule: column(rulesOf('t')),
      changed: column(utc(sql`t.recorded_at`)),
      ...Object.fromEntries(units.map(([name, is]) => [name, column(is)])),
    },
  };
}

/** The last day that slices name; infinity when one of them is not known. */
function lastDay(slices: string) {
  return sql`(
    select case when bool_or(each ->> 'on' is null) then 'infinity'::date else max((each ->> 'on')::date) end
    from jsonb_array_elements(e.${sql.ref(slices)}) as each)`;
}

/** Columns of promise changes over the days that were told before and after. */
const PROMISES = {
  cause: column(sql`split_part(t.cause, '/', 1)`),
  changed: column(utc(sql`t.recorded_at`)),
  old_on: column(sql`nullif(t.old_on, 'infinity')::text`),
  new_on: column(sql`nullif(t.new_on, 'infinity')::text`),
  later: column(sql`(t.new_on > t.old_on and t.new_on < 'infinity')`),
  earlier: column(sql`(t.new_on < t.old_on)`),
  unknown: column(sql`(t.new_on = 'infinity' and t.old_on < 'infinity')`),
};

export function promiseChanges({ instant }: Moment): Sources {
  return {
    from: sql`(
      select e.order_id, e.line, e.recorded_at, e.cause, i.product_id, i.channel_id, i.kind,
        ${lastDay('old')} as old_on, ${lastDay('new')} as new_on
      from promise_events e join order_items i on i.order_id = e.order_id and i.line = e.line
      where e.old is not null
    ) as t`,
    where: sql`t.recorded_at <= ${instant}`,
    joins: { ...CODES.joins, ...ORDER.joins },
    columns: {
      ...CODES.columns,
      number: ORDER.number,
      ...columnsFrom('t', ['order_id', 'line', 'kind']),
      ...PROMISES,
    },
  };
}
