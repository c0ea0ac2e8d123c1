/** Totals of a report: figures by several sets of its keys at once, put beside those that were made in another way. */
import { type RawBuilder, sql } from 'kysely';
import type { Key } from './dimensions.ts';

type Sql = RawBuilder<unknown>;
export type Keys = ReadonlyMap<string, Key>;
/** Totals, each the keys by which it is grouped. */
export type Sets = readonly (readonly string[])[];

/** Each row, each column, each cell, and all of it: the keys by which each is grouped. @param over the key across */
export function setsOf(down: readonly string[], over: string | undefined): string[][] {
  const rows = down.length === 0 ? [[]] : [[], [...down]];
  return over === undefined ? rows : [...rows, ...rows.map((set) => [...set, over])];
}

export function groupedBy(sets: Sets): Sql {
  const each = sets.map((set) =>
    set.length === 0 ? sql`()` : sql`(${sql.join(set.map((key) => sql.ref(key)))})`,
  );
  return sql`group by grouping sets (${sql.join(each)})`;
}

/**
 * A select of all keys, where one that is not grouped by is what stands for all, and of figures over `from`; nothing where
 * there are no rows, not even a total.
 */
export function totalled(
  keys: Keys,
  sets: Sets,
  { figures, from }: { readonly figures: readonly Sql[]; readonly from: Sql },
): Sql {
  const used = new Set(sets.flat());
  const columns = [...keys].map(([name, { all }]) => {
    const key = sql.ref(name);
    return sql`${used.has(name) ? sql`coalesce(${key}, ${all})` : all} as ${key}`;
  });
  return sql`select ${sql.join([...columns, ...figures])} from ${from} ${groupedBy(sets)} having count(*) > 0`;
}

/** Joins what `totalled` selects to rows of `sums s`, whose keys are null where they are of all. */
export function joinedTo(keys: Keys, totals: 'wholes' | 'order_counts'): Sql {
  const same = [...keys].map(
    ([key, { all }]) => sql`coalesce(s.${sql.ref(key)}, ${all}) = ${sql.ref(totals)}.${sql.ref(key)}`,
  );
  return sql`left join ${sql.ref(totals)} on ${sql.join([sql`true`, ...same], sql` and `)}`;
}
