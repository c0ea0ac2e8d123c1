/**
 * Orders as marks: one row for each, with a bit for each count in each place. A place is one way in which items differ in a
 * report, such as a status and a supplier; all totals follow from the marks, since an order counts in a total when it is
 * marked in any place of it. There is room for some places only.
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
function wordsFor(asked: OrderCounts, ofItems: readonly string[]): number[] {
  const places = ofItems.reduce(
    (all, key) => all * (asked.keys.get(key)?.most ?? Number.POSITIVE_INFINITY),
    1,
  );
  const words = Math.min(Math.ceil(places / placesOfWord(asked)), MOST_WORDS);
  return Array.from({ length: words }, (_, word) => word);
}

/** Of a place its first bit in a word, b0, b1 …: 0 in all words but its own. Bits of counts times it are those of the place. */
function firstBits(words: readonly number[], asked: OrderCounts): Sql[] {
  const perWord = placesOfWord(asked);
  return words.map((word) => {
    const [first, next] = [sql.lit(word * perWord), sql.lit((word + 1) * perWord)];
    return sql`case when place >= ${first} and place < ${next}
      then 1::bigint << ((place - ${first}) * ${sql.lit(asked.names.length)})::int else 0 end as ${sql.ref(`b${word}`)}`;
  });
}

export interface Marks {
  readonly ctes: Sql;
  /** Whether there is room for all places; there are no marks when there is not. */
  readonly fits: Sql;
  readonly words: readonly number[];
}

/** CTEs over the facts: `places`, and `marks` with how many orders have them, by the keys of the order. */
export function marked(asked: OrderCounts, families: readonly Family[]): Marks {
  const ofItems = [...new Set(families.flatMap((family) => family.ofItems))];
  const inPlace = ofItems.map((key) => sql`f.${sql.ref(key)} = places.${sql.ref(key)}`);
  const facts = sql.table(asked.facts);
  const words = wordsFor(asked, ofItems);
  const room = placesOfWord(asked) * words.length;
  const fits = sql`(select count(*) <= ${sql.lit(room)} from places)`;
  const keys = refs(ofOrder(asked.keys));
  const columns = words.map((word) => sql.ref(`w${word}`));
  const masks = words.map((word) => sql`bit_or(counted * ${sql.ref(`b${word}`)}) as ${sql.ref(`w${word}`)}`);
  const ctes = sql`
    numbered as (
      select ${sql.join(refs(ofItems))}, row_number() over () - 1 as place
      from (select distinct ${sql.join(refs(ofItems))} from ${facts} limit ${sql.lit(room + 1)}) as each
    ), places as materialized (select ${sql.join([...refs(ofItems), ...firstBits(words, asked)])} from numbered),
    marks as materialized (
      select ${sql.join([...keys, ...columns])}, count(*) as orders from (
        select ${sql.join([...keys.map((key) => sql`f.${key}`), ...masks])}
        from ${facts} as f join places on ${sql.join(inPlace, sql` and `)}
        where counted <> 0 and ${fits}
        group by ${sql.join([...keys.map((key) => sql`f.${key}`), sql`order_id`])}
      ) as once group by ${sql.join([...keys, ...columns])}
    )`;
  return { ctes, fits, words };
}

/** The counts of a family of totals. */
export function countMarks(asked: OrderCounts, { ofItems, sets }: Family, { words }: Marks): Sql {
  const keys = refs(ofItems);
  const masks = words.map((word) => sql`bit_or(${sql.ref(`b${word}`)}) as ${sql.ref(`b${word}`)}`);
  const counted = asked.names.map((name, at) => {
    const marks = words.map(
      (word) => sql`(${sql.ref(`w${word}`)} & (${sql.ref(`b${word}`)} << ${sql.lit(at)})) <> 0`,
    );
    return sql`sum(orders) filter (where ${sql.join(marks, sql` or `)}) as ${sql.ref(name)}`;
  });
  const grouped = keys.length === 0 ? sql`` : sql`group by ${sql.join(keys)}`;
  return totalled(asked.keys, sets, {
    figures: counted,
    from: sql`marks cross join (select ${sql.join([...keys, ...masks])} from places ${grouped}) as total`,
  });
}
