/**
 * Cells and totals of a report by GROUPING SETS of its keys: a total has, for each key it is not grouped by,
 * what stands for all values.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Key } from './keys.ts';

type Sql = RawBuilder<unknown>;
export type Keys = ReadonlyMap<string, Key>;
/** Cells or totals, each the names of the keys by which it is grouped; the grand total by none. */
export type GroupingSets = readonly (readonly string[])[];

/** A select of all keys and of figures over `from`; nothing where there are no rows, not even a total. */
export function totalsBy(
  keys: Keys,
  sets: GroupingSets,
  { figures, from }: { readonly figures: readonly Sql[]; readonly from: Sql },
): Sql {
  const columns = [...keys].map(([name, { all }]) => {
    const key = sql.ref(name);
    if (sets.every((set) => set.includes(name))) return key;
    return sql`${sets.some((set) => set.includes(name)) ? sql`coalesce(${key}, ${all})` : all} as ${key}`;
  });
  const list = [...columns, ...figures];
  // only a total of everything is there without rows; to count them takes a tenth of the time of many groups
  const ifAny = sets.every((set) => set.length > 0) ? sql`` : sql`having count(*) > 0`;
  return sql`
    select ${list.length === 0 ? sql`1 as one` : sql.join(list)} from ${from}
    group by ${groupedBy(sets)} ${ifAny}`;
}

function groupedBy(sets: GroupingSets): Sql {
  const each = sets.map((set) => sql`(${sql.join(set.map((name) => sql.ref(name)))})`);
  return sql`grouping sets (${sql.join(each)})`;
}

/** Whether two relations have the same keys, of those with these names. */
export function sameKeys(names: readonly string[], one: string, other: string): Sql {
  const same = names.map((name) => sql`${sql.ref(`${one}.${name}`)} = ${sql.ref(`${other}.${name}`)}`);
  return sql.join([sql`true`, ...same], sql` and `);
}
