/** Facts of what happened: a row for each change of an item, and for each time a customer was told another day. */
import { sql } from 'kysely';
import { CODES, column, type Moment, ORDER, type Sources, utc } from './fact-sources.ts';

const DW = sql`(t.backordered + t.preordered + t.unfillable)`;
/** Units that went from waiting to stock: not what was given in the moment of acceptance. */
const GIVEN = sql`least(greatest(t.allocated + t.shipped, 0), greatest(-${DW}, 0))`;
const ITEM = { item: sql`join order_items i on i.order_id = t.order_id and i.line = t.line` };

export function changes({ at }: Moment): Sources {
  return {
    from: sql`item_events t`,
    where: sql`t.recorded_at <= ${at}`,
    joins: { ...CODES.joins, ...ORDER.joins, ...ITEM },
    columns: {
      ...CODES.columns,
      number: ORDER.columns.number,
      order_id: column(sql`t.order_id`),
      line: column(sql`t.line`),
      kind: column(sql`i.kind`, 'item'),
      cause: column(sql`t.cause`),
      document: column(sql`t.reference`),
      rule: column(sql`(
        select string_agg(code, ', ' order by place)
        from jsonb_array_elements_text(t.explanation -> 'rules' -> 'applied') with ordinality as each(code, place))`),
      changed: column(utc(sql`t.recorded_at`)),
      given: column(sql`(case when t.number > 1 then ${GIVEN} else 0 end)::bigint`),
      lost: column(sql`least(greatest(-t.allocated, 0), greatest(${DW} + t.pending, 0))::bigint`),
      dropped: column(
        sql`least(greatest(t.cancelled, 0) + greatest(-t.ordered, 0), greatest(-${DW}, 0))::bigint`,
      ),
      out: column(sql`greatest(t.shipped, 0)::bigint`),
    },
  };
}

/** The last day that slices name; infinity when one of them is not known. */
function lastDay(slices: string) {
  return sql`(
    select case when bool_or(each ->> 'on' is null) then 'infinity'::date else max((each ->> 'on')::date) end
    from jsonb_array_elements(e.${sql.ref(slices)}) as each)`;
}

export function promiseChanges({ at }: Moment): Sources {
  return {
    from: sql`(
      select e.order_id, e.line, e.recorded_at, e.cause, i.product_id, i.channel_id, i.kind,
        ${lastDay('old')} as old_on, ${lastDay('new')} as new_on
      from promise_events e join order_items i on i.order_id = e.order_id and i.line = e.line
      where e.old is not null and e.recorded_at <= ${at}
    ) as t`,
    joins: { ...CODES.joins, ...ORDER.joins },
    columns: {
      ...CODES.columns,
      number: ORDER.columns.number,
      order_id: column(sql`t.order_id`),
      line: column(sql`t.line`),
      kind: column(sql`t.kind`),
      cause: column(sql`split_part(t.cause, '/', 1)`),
      changed: column(utc(sql`t.recorded_at`)),
      old_on: column(sql`nullif(t.old_on, 'infinity')::text`),
      new_on: column(sql`nullif(t.new_on, 'infinity')::text`),
      later: column(sql`(t.new_on > t.old_on and t.new_on < 'infinity')`),
      earlier: column(sql`(t.new_on < t.old_on)`),
      unknown: column(sql`(t.new_on = 'infinity' and t.old_on < 'infinity')`),
    },
  };
}
