-- Items and their value by status, with a column for each sales channel. (database)
with facts0 as (
  select f.status as k0,
    coalesce(f.currency_id, -1) as k1,
    coalesce(f.channel_id, -1) as k,
    f.ordered * f.unit_price as x1,
    f.currency_id
  from (
    select c.currency_id as currency_id,
      t.ordered::bigint as ordered,
      t.unit_price::numeric(38, 0) as unit_price,
      t.status as status,
      t.channel_id as channel_id
    from order_items t
    join (
      select id, code, currency, min(id) over (partition by currency) as currency_id from sales_channels
    ) as c on c.id = t.channel_id
    where true
  ) as f
  where true
),
  totals as materialized (
    select k0, k1, k, case when here0 then m0 else 0 end as m0, case when here0 then m1 else 0 end as m1
    from (
      (
        (
          with sums as (
            with cells as materialized (
              select k0,
                k1,
                k,
                count(*) as x0,
                sum(f.x1) as x1,
                min(f.currency_id) as x2,
                max(f.currency_id) as x3
              from facts0 as f
              group by grouping sets ((k0, k1, k))
            )
            select '\u0002' as k0,
              -1000 as k1,
              -1000 as k,
              sum(x0) as x0,
              sum(x1) as x1,
              min(x2) as x2,
              max(x3) as x3
            from cells
            group by grouping sets (())
            having count(*) > 0
            union all select k0, k1, -1000 as k, sum(x0) as x0, sum(x1) as x1, min(x2) as x2, max(x3) as x3
            from cells
            group by grouping sets ((k0, k1))
            union all select '\u0002' as k0,
              -1000 as k1,
              k,
              sum(x0) as x0,
              sum(x1) as x1,
              min(x2) as x2,
              max(x3) as x3
            from cells
            group by grouping sets ((k))
            union all select k0, k1, k, x0 as x0, x1 as x1, x2 as x2, x3 as x3
            from cells
          )
          select sums.k0,
            sums.k1,
            sums.k,
            true as here0,
            coalesce(sums.x0, 0)::bigint as m0,
            (
              case when sums.x2 is not distinct from sums.x3 then coalesce(sums.x1, 0) end
            )::numeric(38, 0) as m1
          from sums
        )
      )
    ) as part0
  ),
  top_rows as materialized (
    select k0,
      k1,
      t0,
      t1,
      row_number() over (order by m0 desc nulls last, cast(k0 as text), t1) as rank,
      0 as is_all_rows
    from (
      select first.*,
        cast(first.k0 as text) as t0,
        (select coded.currency from sales_channels coded where coded.id = first.k1) as t1
      from (
        select *
        from totals
        where k0 <> '\u0002' and not k <> -1000
        order by m0 desc nulls last, cast(k0 as text), nullif(k1, -1)
        limit 200
      ) as first
    ) as named
    union all select '\u0002' as k0, -1000 as k1, null as t0, null as t1, 0 as rank, 1 as is_all_rows
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
  figures as (select totals.k0, totals.k1, totals.k, totals.m0, totals.m1 from totals)
select t0,
  t1,
  a,
  m0,
  m1,
  is_all_rows,
  is_all_columns,
  rank,
  (select count(*) from totals where k0 <> '\u0002' and not k <> -1000) as groups,
  (select count(*) from totals where k <> -1000 and not k0 <> '\u0002') as across
from figures as g
join top_rows on true and g.k0 = top_rows.k0 and g.k1 = top_rows.k1
join top_columns on true and g.k = top_columns.k
