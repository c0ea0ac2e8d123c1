-- How many orders of each channel have an item of each status, whatever other items they have? (store)
with facts0 as not materialized (
  select f.status as k0,
    coalesce(f.channel_id, -1) as k,
    (case when true then 1 else 0 end) as counted,
    case when f.rows_of_order = 1 then (case when true then 1 else 0 end) else 0 end as counted_all,
    f.order_id
  from (
    select t.order_id as order_id,
      t.rows_of_order as rows_of_order,
      t.rows_of_order_of_product as rows_of_order_of_product,
      t.status as status,
      t.channel_id as channel_id
    from items as t
    where true
  ) as f
  where true
),
  totals as materialized (
    select k0, k, case when here0 then m0 else 0 end as m0
    from (
      (
        (
          with sums as (
            with cells as materialized (select k0, k from facts0 as f group by grouping sets ((k0, k)))
            select '\u0002' as k0, -1000 as k, 0 as x0
            from cells
            group by grouping sets (())
            having count(*) > 0
            union all select k0, -1000 as k, 0 as x0
            from cells
            group by grouping sets ((k0))
            union all select '\u0002' as k0, k, 0 as x0
            from cells
            group by grouping sets ((k))
            union all select k0, k, 0 as x0
            from cells
          ),
            orders as (
              with combinations as materialized (
                select k0, row_number() over () - 1 as combination
                from (select distinct k0 from facts0 limit 63) as each
              ),
                bits1 as materialized (
                  select k0,
                    case
                      when combination >= 0
                        and combination < 62 then 1::bigint << ((combination - 0) * 1)::int
                      else 0 end as b0
                  from combinations
                  where (select count(*) > 0 and count(*) <= 62 from combinations)
                ),
                bitmaps1 as materialized (
                  select k, w0, count(*) as orders
                  from (
                    select f.k, bit_or(counted * b0) as w0
                    from facts0 as f
                    join bits1 as bits on f.k0 = bits.k0
                    where counted <> 0
                    group by f.k, order_id
                  ) as once
                  group by k, w0
                )
              select '\u0002' as k0,
                coalesce(k, -1000) as k,
                sum(orders) filter (where (w0 & (b0 << 0)) <> 0) as x0
              from bitmaps1 as bitmaps
              cross join (select bit_or(b0) as b0 from bits1) as total
              group by grouping sets ((), (k))
              having count(*) > 0
              union all select '\u0002' as k0,
                coalesce(k, -1000) as k,
                (sum(orders) filter (where counted & 1 <> 0))::bigint as x0
              from (
                select k, counted, count(*) as orders
                from (
                  select k, order_id, bit_or(counted) as counted
                  from facts0
                  where counted <> 0 and not (select count(*) <= 62 from combinations)
                  group by k, order_id
                ) as once
                group by k, counted
              ) as kinds
              group by grouping sets ((), (k))
              having count(*) > 0
              union all select k0,
                coalesce(k, -1000) as k,
                sum(orders) filter (where (w0 & (b0 << 0)) <> 0) as x0
              from bitmaps1 as bitmaps
              cross join (select k0, bit_or(b0) as b0 from bits1 group by k0) as total
              group by grouping sets ((k0), (k0, k))
              union all select k0,
                coalesce(k, -1000) as k,
                (sum(orders) filter (where counted & 1 <> 0))::bigint as x0
              from (
                select k0, k, counted, count(*) as orders
                from (
                  select k0, k, order_id, bit_or(counted) as counted
                  from facts0
                  where counted <> 0 and not (select count(*) <= 62 from combinations)
                  group by k0, k, order_id
                ) as once
                group by k0, k, counted
              ) as kinds
              group by grouping sets ((k0), (k0, k))
            )
          select sums.k0,
            sums.k,
            true as here0,
            coalesce((coalesce(sums.x0, 0) + coalesce(orders.x0, 0)), 0)::bigint as m0
          from sums
          left join orders on true and sums.k0 = orders.k0 and sums.k = orders.k
        )
      )
    ) as part0
  ),
  top_rows as materialized (
    select k0, t0, row_number() over (order by m0 desc nulls last, cast(k0 as text)) as rank, 0 as is_all_rows
    from (
      select first.*, cast(first.k0 as text) as t0
      from (
        select *
        from totals
        where k0 <> '\u0002' and not k <> -1000
        order by m0 desc nulls last, cast(k0 as text)
        limit 200
      ) as first
    ) as named
    union all select '\u0002' as k0, null as t0, 0 as rank, 1 as is_all_rows
  ),
  top_columns as materialized (
    select k, (select coded.code from sales_channels coded where coded.id = first.k) as a, 0 as is_all_columns
    from (
      select k
      from totals
      where k <> -1000 and not k0 <> '\u0002'
      order by m0 desc nulls last, nullif(k, -1) nulls last
      limit 60
    ) as first
    union all select -1000, null, 1
  ),
  figures as (select totals.k0, totals.k, totals.m0 from totals)
select t0,
  a,
  m0,
  is_all_rows,
  is_all_columns,
  rank,
  (select count(*) from totals where k0 <> '\u0002' and not k <> -1000) as groups,
  (select count(*) from totals where k <> -1000 and not k0 <> '\u0002') as across
from figures as g
join top_rows on true and g.k0 = top_rows.k0
join top_columns on true and g.k = top_columns.k
