/**
 * Orders as bitmaps: one row for each, with a bit for each count in each combination. A combination is one
 * way in which items differ in a report, such as a status and a supplier; all totals follow from the bitmaps,
 * since an order counts in a total when its bit is set in any combination of it. Bitmaps have one word where
 * there are few combinations, several where there are more, and orders get none where there are too many. How
 * many there are is seen when the report runs: only the bitmaps that fit have rows.
 */
import { type RawBuilder, sql } from 'kysely';
import { type Keys, totalsBy } from './grouping-sets.ts';
import type { OrderCounts, SetGroup } from './order-set-groups.ts';

type Sql = RawBuilder<unknown>;

/** Most words of a row, and the bits of one that a bigint can be shifted by without its sign. */
const MOST_WORDS = 8;
const WORD_BITS = 62;

function refs(names: readonly string[]): Sql[] {
  return names.map((name) => sql.ref(name));
}

function ofOrder(keys: Keys): string[] {
  return [...keys].flatMap(([name, { isOfOrder }]) => (isOfOrder ? [name] : []));
}

/** Combinations that one word has room for. */
function combinationsPerWord({ names }: OrderCounts): number {
  return Math.floor(WORD_BITS / names.length);
}

/** As many words as there may be combinations for; all of them where it is not known. */
function mostWords(counts: OrderCounts, itemKeys: readonly string[]): number {
  const combinations = itemKeys.reduce(
    (all, key) => all * (counts.keys.get(key)?.most ?? Number.POSITIVE_INFINITY),
    1,
  );
  return Math.min(Math.ceil(combinations / combinationsPerWord(counts)), MOST_WORDS);
}

/** The columns of words: w0, w1 … of orders, b0, b1 … of combinations. */
function wordsOf(prefix: 'w' | 'b', words: number): Sql[] {
  return Array.from({ length: words }, (_, word) => sql.ref(`${prefix}${word}`));
}

/**
 * Of a combination its first bit in each word: 0 in all but its own. Bits of counts times it are those of the
 * combination.
 */
function firstBits(counts: OrderCounts, words: number): Sql[] {
  const perWord = combinationsPerWord(counts);
  return wordsOf('b', words).map((bits, word) => {
    const [first, next] = [sql.lit(word * perWord), sql.lit((word + 1) * perWord)];
    return sql`case when combination >= ${first} and combination < ${next}
      then 1::bigint << ((combination - ${first}) * ${sql.lit(counts.names.length)})::int else 0 end as ${bits}`;
  });
}

export interface Bitmaps {
  readonly ctes: Sql;
  /** Whether there is room for all combinations; there are no bitmaps when there is not. */
  readonly fits: Sql;
  /** So many words have the bitmaps of CTEs `bitmaps1`, `bitmaps8` …; one of them has rows. */
  readonly sizes: readonly number[];
}

/**
 * CTEs over the facts: the combinations, and bitmaps with how many orders have them, by the keys of the
 * order.
 */
export function bitmapsOf(counts: OrderCounts, groups: readonly SetGroup[]): Bitmaps {
  const itemKeys = [...new Set(groups.flatMap((group) => group.itemKeys))];
  const most = mostWords(counts, itemKeys);
  const sizes = most === 1 ? [1] : [1, most];
  const room = combinationsPerWord(counts) * most;
  const combinations = sql`combinations as materialized (
    select ${sql.join(refs(itemKeys))}, row_number() over () - 1 as combination
    from (select distinct ${sql.join(refs(itemKeys))} from ${sql.table(counts.facts)} limit ${sql.lit(room + 1)}) as each
  )`;
  const ctes = sizes.map((words, at) =>
    bitmapsOfSize(counts, itemKeys, { words, beyond: sizes[at - 1] ?? 0 }),
  );
  return {
    ctes: sql.join([combinations, ...ctes]),
    fits: sql`(select count(*) <= ${sql.lit(room)} from combinations)`,
    sizes,
  };
}

interface Size {
  readonly words: number;
  /** Of so many words there is not enough. */
  readonly beyond: number;
}

/** The combinations, none where they take fewer or more words; and the bitmaps of orders in them. */
function bitmapsOfSize(counts: OrderCounts, itemKeys: readonly string[], { words, beyond }: Size): Sql {
  const [bitsOfCombinations, bitmaps] = [sql.ref(`bits${words}`), sql.ref(`bitmaps${words}`)];
  const [more, most] = [beyond, words].map((each) => sql.lit(each * combinationsPerWord(counts)));
  const keys = refs(ofOrder(counts.keys));
  const columns = wordsOf('w', words);
  const masks = wordsOf('b', words).map((bits, word) => sql`bit_or(counted * ${bits}) as ${columns[word]}`);
  const inCombination = itemKeys.map((key) => sql`f.${sql.ref(key)} = bits.${sql.ref(key)}`);
  return sql`
    ${bitsOfCombinations} as materialized (
      select ${sql.join([...refs(itemKeys), ...firstBits(counts, words)])} from combinations
      where (select count(*) > ${more} and count(*) <= ${most} from combinations)
    ), ${bitmaps} as materialized (
      select ${sql.join([...keys, ...columns])}, count(*) as orders from (
        select ${sql.join([...keys.map((key) => sql`f.${key}`), ...masks])}
        from ${sql.table(counts.facts)} as f join ${bitsOfCombinations} as bits on ${sql.join(inCombination, sql` and `)}
        where counted <> 0
        group by ${sql.join([...keys.map((key) => sql`f.${key}`), sql`order_id`])}
      ) as once group by ${sql.join([...keys, ...columns])}
    )`;
}

/** The counts of a group of totals, by bitmaps of so many words. */
export function countBitmaps(counts: OrderCounts, { itemKeys, sets }: SetGroup, words: number): Sql {
  const keys = refs(itemKeys);
  const bits = wordsOf('b', words);
  const masks = bits.map((each) => sql`bit_or(${each}) as ${each}`);
  const counted = counts.names.map((name, at) => {
    const bitmaps = wordsOf('w', words).map(
      (word, index) => sql`(${word} & (${bits[index]} << ${sql.lit(at)})) <> 0`,
    );
    return sql`sum(orders) filter (where ${sql.join(bitmaps, sql` or `)}) as ${sql.ref(name)}`;
  });
  const grouped = keys.length === 0 ? sql`` : sql`group by ${sql.join(keys)}`;
  return totalsBy(counts.keys, sets, {
    figures: counted,
    from: sql`${sql.ref(`bitmaps${words}`)} as bitmaps
      cross join (select ${sql.join([...keys, ...masks])} from ${sql.ref(`bits${words}`)} ${grouped}) as total`,
  });
}
