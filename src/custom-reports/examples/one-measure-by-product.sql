-- Which ten products have most units waiting? (database)
with facts0 as (
  select coalesce(f.product_id, -1) as k0, f.waiting as x0
  from (
    select (t.backordered + t.preordered + t.unfillable)::bigint as waiting, t.product_id as product_id
    from order_items t
    where true
  ) as f
  where true
),
  totals as materialized (
    select k0, case when here0 then m0 else 0 end as m0
    from (
      (
        (
          with sums as (
            with cells as materialized (
              select k0, sum(f.x0) as x0 from facts0 as f group by grouping sets ((k0))
            )
            select -1000 as k0, sum(x0) as x0
            from cells
            group by grouping sets (())
            having count(*) > 0
            union all select k0, x0 as x0
            from cells
          )
          select sums.k0, true as here0, coalesce(sums.x0, 0)::bigint as m0
          from sums
        )
      )
    ) as part0
  ),
  top_rows as materialized (
    select k0, t0, row_number() over (order by m0 desc nulls last, t0) as rank, 0 as is_all_rows
    from (
      select first.*, (select coded.sku from products coded where coded.id = first.k0) as t0
      from (
        select *
        from totals
        where k0 <> -1000 and not false
        order by m0 desc nulls last, nullif(k0, -1)
        limit 10
      ) as first
    ) as named
    union all select -1000 as k0, null as t0, 0 as rank, 1 as is_all_rows
  ),
  top_columns as materialized (select 1 as is_all_columns),
  figures as (select totals.k0, totals.m0 from totals)
select t0,
  m0,
  is_all_rows,
  is_all_columns,
  rank,
  (select count(*) from totals where k0 <> -1000 and not false) as groups,
  (select count(*) from totals where false and not k0 <> -1000) as across
from figures as g
join top_rows on true and g.k0 = top_rows.k0
join top_columns on true
