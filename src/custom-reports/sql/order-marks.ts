/**
 * Orders as marks: one row for each, with a bit for each count in each place. A place is one way in which items differ in a
 * report, such as a status and a supplier; all totals follow from the marks, since an order counts in a total when it is
 * marked in any place of it. Orders get one word of marks where there are few places, several where there are more, and
 * none where there are too many. How many there are is seen when the report runs: only the marks that fit have rows.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Family, OrderCounts } from './order-families.ts';
import { type Keys, totalled } from './totals.ts';

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

/** Places that one word has room for. */
function placesOfWord({ names }: OrderCounts): number {
  return Math.floor(WORD_BITS / names.length);
}

/** As many words as there may be places for; all of them where it is not known. */
function mostWords(asked: OrderCounts, ofItems: readonly string[]): number {
  const places = ofItems.reduce(
    (all, key) => all * (asked.keys.get(key)?.most ?? Number.POSITIVE_INFINITY),
    1,
  );
  return Math.min(Math.ceil(places / placesOfWord(asked)), MOST_WORDS);
}

/** The columns of words: w0, w1 … of orders, b0, b1 … of places. */
function wordsOf(prefix: 'w' | 'b', words: number): Sql[] {
  return Array.from({ length: words }, (_, word) => sql.ref(`${prefix}${word}`));
}

/** Of a place its first bit in each word: 0 in all but its own. Bits of counts times it are those of the place. */
function firstBits(asked: OrderCounts, words: number): Sql[] {
  const perWord = placesOfWord(asked);
  return wordsOf('b', words).map((bits, word) => {
    const [first, next] = [sql.lit(word * perWord), sql.lit((word + 1) * perWord)];
    return sql`case when place >= ${first} and place < ${next}
      then 1::bigint << ((place - ${first}) * ${sql.lit(asked.names.length)})::int else 0 end as ${bits}`;
  });
}

export interface Marks {
  readonly ctes: Sql;
  /** Whether there is room for all places; there are no marks when there is not. */
  readonly fits: Sql;
  /** So many words have the marks of CTEs `marks1`, `marks8` …; one of them has rows. */
  readonly sizes: readonly number[];
}

/** CTEs over the facts: the places, and marks with how many orders have them, by the keys of the order. */
export function marked(asked: OrderCounts, families: readonly Family[]): Marks {
  const ofItems = [...new Set(families.flatMap((family) => family.ofItems))];
  const most = mostWords(asked, ofItems);
  const sizes = most === 1 ? [1] : [1, most];
  const room = placesOfWord(asked) * most;
  const numbered = sql`numbered as materialized (
    select ${sql.join(refs(ofItems))}, row_number() over () - 1 as place
    from (select distinct ${sql.join(refs(ofItems))} from ${sql.table(asked.facts)} limit ${sql.lit(room + 1)}) as each
  )`;
  const ctes = sizes.map((words, at) => marksOf(asked, ofItems, { words, beyond: sizes[at - 1] ?? 0 }));
  return {
    ctes: sql.join([numbered, ...ctes]),
    fits: sql`(select count(*) <= ${sql.lit(room)} from numbered)`,
    sizes,
  };
}

interface Size {
  readonly words: number;
  /** Of so many words there is not enough. */
  readonly beyond: number;
}

/** The places, none where they take fewer or more words; and the marks of orders in them. */
function marksOf(asked: OrderCounts, ofItems: readonly string[], { words, beyond }: Size): Sql {
  const [places, marks] = [sql.ref(`places${words}`), sql.ref(`marks${words}`)];
  const [more, most] = [beyond, words].map((each) => sql.lit(each * placesOfWord(asked)));
  const keys = refs(ofOrder(asked.keys));
  const columns = wordsOf('w', words);
  const masks = wordsOf('b', words).map((bits, word) => sql`bit_or(counted * ${bits}) as ${columns[word]}`);
  const inPlace = ofItems.map((key) => sql`f.${sql.ref(key)} = places.${sql.ref(key)}`);
  return sql`
    ${places} as materialized (
      select ${sql.join([...refs(ofItems), ...firstBits(asked, words)])} from numbered
      where (select count(*) > ${more} and count(*) <= ${most} from numbered)
    ), ${marks} as materialized (
      select ${sql.join([...keys, ...columns])}, count(*) as orders from (
        select ${sql.join([...keys.map((key) => sql`f.${key}`), ...masks])}
        from ${sql.table(asked.facts)} as f join ${places} as places on ${sql.join(inPlace, sql` and `)}
        where counted <> 0
        group by ${sql.join([...keys.map((key) => sql`f.${key}`), sql`order_id`])}
      ) as once group by ${sql.join([...keys, ...columns])}
    )`;
}

/** The counts of a family of totals, by marks of so many words. */
export function countMarks(asked: OrderCounts, { ofItems, sets }: Family, words: number): Sql {
  const keys = refs(ofItems);
  const bits = wordsOf('b', words);
  const masks = bits.map((each) => sql`bit_or(${each}) as ${each}`);
  const counted = asked.names.map((name, at) => {
    const marks = wordsOf('w', words).map(
      (word, index) => sql`(${word} & (${bits[index]} << ${sql.lit(at)})) <> 0`,
    );
    return sql`sum(orders) filter (where ${sql.join(marks, sql` or `)}) as ${sql.ref(name)}`;
  });
  const grouped = keys.length === 0 ? sql`` : sql`group by ${sql.join(keys)}`;
  const places = sql.ref(`places${words}`);
  return totalled(asked.keys, sets, {
    figures: counted,
    from: sql`${sql.ref(`marks${words}`)} as marks
      cross join (select ${sql.join([...keys, ...masks])} from ${places} ${grouped}) as total`,
  });
}
