-- How long did items wait, by product and day, where there may be millions of cells? (store)
with facts0 as not materialized (
  select coalesce(f.product_id, -1) as k0,
    coalesce(f.channel_id, -1) as k1,
    coalesce(cast(f.placed as date), cast('0001-01-01' as date)) as k,
    f.waiting as x0,
    f.days_waiting
  from (
    select case
      when (t.backordered + t.preordered + t.unfillable) > 0 then (
        extract(epoch from '2026-06-15 12:00:00.000000'::timestamp - t.waiting_since) / 86400.0
      )::float8 end as days_waiting,
      (t.backordered + t.preordered + t.unfillable)::bigint as waiting,
      t.product_id as product_id,
      t.channel_id as channel_id,
      t.placed as placed
    from items as t
    where true
  ) as f
  where true
),
  totals as materialized (
    select k0, k1, k, case when here0 then m0 else 0 end as m0
    from (
      (
        (
          with sums as (
            select -1000 as k0, -1000 as k1, cast('0001-01-02' as date) as k, sum(f.x0) as x0
            from facts0 as f
            group by grouping sets (())
            having count(*) > 0
          )
          select sums.k0, sums.k1, sums.k, true as here0, coalesce(sums.x0, 0)::bigint as m0
          from sums
        )
        union all (
          with sums as (
            select k0, k1, cast('0001-01-02' as date) as k, sum(f.x0) as x0
            from facts0 as f
            group by grouping sets ((k0, k1))
          )
          select sums.k0, sums.k1, sums.k, true as here0, coalesce(sums.x0, 0)::bigint as m0
          from sums
        )
        union all (
          with sums as (
            select -1000 as k0, -1000 as k1, k, sum(f.x0) as x0 from facts0 as f group by grouping sets ((k))
          )
          select sums.k0, sums.k1, sums.k, true as here0, coalesce(sums.x0, 0)::bigint as m0
          from sums
        )
      )
    ) as part0
  ),
  top_rows as materialized (
    select k0, k1, t0, t1, row_number() over (order by m0 desc nulls last, t0, t1) as rank, 0 as is_all_rows
    from (
      select first.*,
        (select coded.sku from products coded where coded.id = first.k0) as t0,
        (select coded.code from sales_channels coded where coded.id = first.k1) as t1
      from (
        select *
        from totals
        where k0 <> -1000 and not k <> cast('0001-01-02' as date)
        order by m0 desc nulls last, nullif(k0, -1), nullif(k1, -1)
        limit 50
      ) as first
    ) as named
    union all select -1000 as k0, -1000 as k1, null as t0, null as t1, 0 as rank, 1 as is_all_rows
  ),
  top_columns as materialized (
    select k, cast(nullif(first.k, cast('0001-01-01' as date)) as text) as a, 0 as is_all_columns
    from (
      select k
      from totals
      where k <> cast('0001-01-02' as date) and not k0 <> -1000
      order by nullif(k, cast('0001-01-01' as date)) desc nulls last
      limit 60
    ) as first
    union all select cast('0001-01-02' as date), null, 1
  ),
  rows_of0 as not materialized (
    select f.* from facts0 as f join top_rows on true and f.k0 = top_rows.k0 and f.k1 = top_rows.k1
  ),
  columns_of0 as not materialized (
    select f.* from facts0 as f join top_columns on true and f.k = top_columns.k
  ),
  late_totals as (
    select k0, k1, k, m1
    from (
      (
        (
          with sums as (
            select -1000 as k0, -1000 as k1, cast('0001-01-02' as date) as k
            from facts0 as f
            group by grouping sets (())
            having count(*) > 0
          ),
            non_additive as (
              select *
              from (
                select -1000 as k0,
                  -1000 as k1,
                  cast('0001-01-02' as date) as k,
                  percentile_cont(0.9) within group(order by f.days_waiting) as x1
                from facts0 as f
                where (f.days_waiting is not null)
                group by grouping sets (())
                having count(*) > 0
              ) as made
              where x1 is not null
            )
          select sums.k0, sums.k1, sums.k, true as here0, non_additive.x1 as m1
          from sums
          left join non_additive on true
        )
      )
      union all (
        (
          with sums as (
            select -1000 as k0, -1000 as k1, k from columns_of0 as f group by grouping sets ((k))
          ),
            non_additive as (
              select *
              from (
                select -1000 as k0,
                  -1000 as k1,
                  k,
                  percentile_cont(0.9) within group(order by f.days_waiting) as x1
                from columns_of0 as f
                where (f.days_waiting is not null)
                group by grouping sets ((k))
              ) as made
              where x1 is not null
            )
          select sums.k0, sums.k1, sums.k, true as here0, non_additive.x1 as m1
          from sums
          left join non_additive on true and sums.k = non_additive.k
        )
      )
      union all (
        (
          with sums as (
            select k0, k1, cast('0001-01-02' as date) as k
            from rows_of0 as f
            group by grouping sets ((k0, k1))
          ),
            non_additive as (
              select *
              from (
                select k0,
                  k1,
                  cast('0001-01-02' as date) as k,
                  percentile_cont(0.9) within group(order by f.days_waiting) as x1
                from rows_of0 as f
                where (f.days_waiting is not null)
                group by grouping sets ((k0, k1))
              ) as made
              where x1 is not null
            )
          select sums.k0, sums.k1, sums.k, true as here0, non_additive.x1 as m1
          from sums
          left join non_additive on true and sums.k0 = non_additive.k0 and sums.k1 = non_additive.k1
        )
      )
    ) as part0
  ),
  cells_of0 as not materialized (
    select f.*
    from facts0 as f
    join top_rows on true and f.k0 = top_rows.k0 and f.k1 = top_rows.k1
    join top_columns on true and f.k = top_columns.k
  ),
  top_totals as materialized (
    select totals.* from totals join top_rows on true and totals.k0 = top_rows.k0 and totals.k1 = top_rows.k1
  ),
  figures as (
    select totals.k0, totals.k1, totals.k, totals.m0, late_totals.m1 as m1
    from top_totals as totals
    join top_columns on true and totals.k = top_columns.k
    left join late_totals on true
      and totals.k0 = late_totals.k0
      and totals.k1 = late_totals.k1
      and totals.k = late_totals.k
    union all select k0, k1, k, case when here0 then m0 else 0 end as m0, m1
    from (
      (
        (
          with sums as (
            select k0, k1, k, sum(f.x0) as x0 from cells_of0 as f group by grouping sets ((k0, k1, k))
          ),
            non_additive as (
              select *
              from (
                select k0, k1, k, percentile_cont(0.9) within group(order by f.days_waiting) as x1
                from cells_of0 as f
                where (f.days_waiting is not null)
                group by grouping sets ((k0, k1, k))
              ) as made
              where x1 is not null
            )
          select sums.k0,
            sums.k1,
            sums.k,
            true as here0,
            coalesce(sums.x0, 0)::bigint as m0,
            non_additive.x1 as m1
          from sums
          left join non_additive on true
            and sums.k0 = non_additive.k0
            and sums.k1 = non_additive.k1
            and sums.k = non_additive.k
        )
      )
    ) as part0
  )
select t0,
  t1,
  a,
  m0,
  m1,
  is_all_rows,
  is_all_columns,
  rank,
  (select count(*) from totals where k0 <> -1000 and not k <> cast('0001-01-02' as date)) as groups,
  (select count(*) from totals where k <> cast('0001-01-02' as date) and not k0 <> -1000) as across
from figures as g
join top_rows on true and g.k0 = top_rows.k0 and g.k1 = top_rows.k1
join top_columns on true and g.k = top_columns.k
