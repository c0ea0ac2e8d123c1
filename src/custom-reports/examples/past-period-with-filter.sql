-- The share of units that had stock at once, by month of the last quarter, as of a past moment, on one channel. (database)
-- $1 = "2026-06-01T00:00:00.000Z"
-- $2 = "WEB"
-- $3 = "2026-04-01"
-- $4 = "2026-07-01"
with facts0 as (
  select coalesce(cast(date_trunc('month', f.placed) as date), cast('0001-01-01' as date)) as k0,
    f.at_once as x0,
    f.accepted as x1
  from (
    select life.at_once::bigint as at_once,
      life.accepted::bigint as accepted,
      (o.placed_at at time zone 'UTC') as placed,
      c.code as channel
    from (
      select past.*, i.product_id, i.channel_id, i.unit_price, i.kind, i.priority, i.waiting_since
      from (
        select *
        from (
          select d.*,
            case
              when cancelled = ordered then 'cancelled'
              when pending > 0 then 'pending'
              when unfillable > 0 then 'unfillable'
              when preordered > 0 and allocated = 0 then 'preordered'
              when backordered > 0 and allocated = 0 then 'backordered'
              when preordered + backordered > 0 then 'partially_allocated'
              when allocated > 0 and shipped = 0 then 'allocated'
              when allocated > 0 then 'partially_shipped'
              else 'shipped' end as status
          from (
            select s.order_id,
              s.line,
              s.number,
              s.since,
              s.until,
              s.cause,
              s.document,
              s.rule,
              s.given,
              s.lost,
              s.dropped,
              s.out,
              s.ordered_after::bigint as ordered,
              s.pending_after::bigint as pending,
              s.allocated_after::bigint as allocated,
              s.backordered_after::bigint as backordered,
              s.preordered_after::bigint as preordered,
              s.unfillable_after::bigint as unfillable,
              s.shipped_after::bigint as shipped,
              s.cancelled_after::bigint as cancelled,
              s.waited,
              s.ended_at,
              s.ended_with_stock,
              s.given_up,
              s.taken_back,
              s.accepted,
              s.at_once,
              s.stock_1,
              s.stock_7,
              s.stock_30
            from (
              select e.*,
                (e.recorded_at at time zone 'UTC') as since,
                (lead(e.recorded_at) over item at time zone 'UTC') as until,
                e.reference as document,
                (
                  select string_agg(code, ', ' order by place)
                  from jsonb_array_elements_text(e.explanation -> 'rules' -> 'applied')
                  with ordinality as each(code, place)
                ) as rule,
                (
                  case
                    when e.number > 1 then least (
                      greatest(e.allocated + e.shipped, 0),
                        greatest(- (e.backordered + e.preordered + e.unfillable), 0)
                    )
                    else 0 end
                )::bigint as given,
                least (
                  greatest(- e.allocated, 0),
                    greatest((e.backordered + e.preordered + e.unfillable) + e.pending, 0)
                )::bigint as lost,
                least (
                  greatest(e.cancelled, 0) + greatest(- e.ordered, 0),
                    greatest(- (e.backordered + e.preordered + e.unfillable), 0)
                )::bigint as dropped,
                greatest(e.shipped, 0)::bigint as out,
                bool_or(e.w > 0) over item as waited,
                (
                  max(e.recorded_at) filter (
                    where e.w = 0 and (e.backordered + e.preordered + e.unfillable) < 0
                  ) over item at time zone 'UTC'
                ) as ended_at,
                - - of the last event that ended a wait : its number,
                and in the last bit whether it brought stock coalesce (
                  (
                    max(2 * e.number + (e.allocated + e.shipped > 0)::int) filter (
                      where e.w = 0 and (e.backordered + e.preordered + e.unfillable) < 0
                    ) over item
                  ) % 2 = 1,
                    false
                ) as ended_with_stock,
                (
                  sum (
                    least (
                      greatest(e.cancelled, 0) + greatest(- e.ordered, 0),
                        greatest(- (e.backordered + e.preordered + e.unfillable), 0)
                    )::bigint
                  ) over item
                )::bigint as given_up,
                (
                  sum (
                    least (
                      greatest(- e.allocated, 0),
                        greatest((e.backordered + e.preordered + e.unfillable) + e.pending, 0)
                    )::bigint
                  ) over item
                )::bigint as taken_back,
                max(e.ordered) filter (
                  where e.number = 1 and e.pending = 0 and e.preordered = 0
                ) over item as accepted,
                max(e.allocated) filter (
                  where e.number = 1 and e.pending = 0 and e.preordered = 0
                ) over item as at_once,
                coalesce (
                  sum(e.allocated + e.shipped) filter (
                    where e.number = 1 or e.recorded_at <= o.placed_at + '24 hours'::interval
                  ) over item,
                    0
                )::bigint as stock_1,
                coalesce (
                  sum(e.allocated + e.shipped) filter (
                    where e.number = 1 or e.recorded_at <= o.placed_at + '168 hours'::interval
                  ) over item,
                    0
                )::bigint as stock_7,
                coalesce (
                  sum(e.allocated + e.shipped) filter (
                    where e.number = 1 or e.recorded_at <= o.placed_at + '720 hours'::interval
                  ) over item,
                    0
                )::bigint as stock_30
              from (
                select e.*,
                  sum((e.backordered + e.preordered + e.unfillable)) over item as w,
                  sum(e.ordered) over item as ordered_after,
                  sum(e.pending) over item as pending_after,
                  sum(e.allocated) over item as allocated_after,
                  sum(e.backordered) over item as backordered_after,
                  sum(e.preordered) over item as preordered_after,
                  sum(e.unfillable) over item as unfillable_after,
                  sum(e.shipped) over item as shipped_after,
                  sum(e.cancelled) over item as cancelled_after
                from item_events e
                where e.recorded_at <= $1::timestamptz
                  and true window item as (partition by e.order_id, e.line order by e.number)
              ) as e
              join orders o on o.id = e.order_id
                and true window item as (partition by e.order_id, e.line order by e.number)
            ) as s
          ) as d
        ) as state
        where state.until is null
      ) as past
      join order_items i on i.order_id = past.order_id and i.line = past.line
    ) as t
    join (
      select id, code, currency, min(id) over (partition by currency) as currency_id from sales_channels
    ) as c on c.id = t.channel_id
    join orders o on o.id = t.order_id
    cross join lateral (select t.*) as life
    where true
  ) as f
  where true
    and ((coalesce(cast(f.channel as text) in ($2), false) or false))
    and f.placed >= cast($3 as timestamp)
    and f.placed < cast($4 as timestamp)
),
  totals as materialized (
    select k0, m0
    from (
      (
        (
          with sums as (
            with cells as materialized (
              select k0, sum(f.x0) as x0, sum(f.x1) as x1 from facts0 as f group by grouping sets ((k0))
            )
            select cast('0001-01-02' as date) as k0, sum(x0) as x0, sum(x1) as x1
            from cells
            group by grouping sets (())
            having count(*) > 0
            union all select k0, x0 as x0, x1 as x1
            from cells
          )
          select sums.k0,
            true as here0,
            (coalesce(sums.x0, 0)::bigint)::float8 / nullif(coalesce(sums.x1, 0)::bigint, 0) as m0
          from sums
        )
      )
    ) as part0
  ),
  top_rows as materialized (
    select k0,
      t0,
      row_number() over (order by nullif(k0, cast('0001-01-01' as date))) as rank,
      0 as is_all_rows
    from (
      select first.*, cast(nullif(first.k0, cast('0001-01-01' as date)) as text) as t0
      from (
        select *
        from totals
        where k0 <> cast('0001-01-02' as date) and not false
        order by nullif(k0, cast('0001-01-01' as date))
        limit 200
      ) as first
    ) as named
    union all select cast('0001-01-02' as date) as k0, null as t0, 0 as rank, 1 as is_all_rows
  ),
  top_columns as materialized (select 1 as is_all_columns),
  figures as (select totals.k0, totals.m0 from totals)
select t0,
  m0,
  is_all_rows,
  is_all_columns,
  rank,
  (select count(*) from totals where k0 <> cast('0001-01-02' as date) and not false) as groups,
  (select count(*) from totals where false and not k0 <> cast('0001-01-02' as date)) as across
from figures as g
join top_rows on true and g.k0 = top_rows.k0
join top_columns on true
