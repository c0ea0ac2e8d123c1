/**
 * The figures of one subject of a report: its facts, and measures of them by sets of keys. What adds up is taken once, for cells,
 * and follows from them for totals, unless there may be about as many cells as facts.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReportDefinition } from '../../contract/reports/report-definition.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/reports/report-measures.ts';
import { ROWS_OF_ORDER } from '../facts/fact-sources.ts';
import type { ReportSource } from '../sources/source.ts';
import { chosenBy, type Range } from './dimensions.ts';
import type { Keyed } from './keys.ts';
import { type AddedUp, AGGREGATES, EVERY, type Ingredient, isTakenWhole, MERGED_BY } from './measures.ts';
import { type Alone, aloneIn, countAlone, countedFor, countOrders, isOfProducts } from './order-counts.ts';
import { type Sets, sameKeys, totalled } from './totals.ts';

type Sql = RawBuilder<unknown>;

/** What a report says of all of its subjects. */
export interface Asked {
  readonly source: ReportSource;
  readonly report: ReportDefinition;
  readonly keys: Keyed;
  readonly range: Range;
}

/** A subject of it. */
export interface Part extends Asked {
  readonly subject: Subject;
  readonly measures: readonly MeasureId[];
  /** A column that is there where the subject has rows. */
  readonly here: string;
  /** Which rows count for orders, by the names of the counts. */
  readonly counts: ReadonlyMap<string, Sql>;
}

/** @param at tells the columns of subjects apart */
export function partOf(asked: Asked, subject: Subject, at: number): Part {
  const measures = asked.report.measures.filter((id) => MEASURES[id].subject === subject);
  return { ...asked, subject, measures, here: `here${at}`, counts: countsOf(ingredientsOf(measures)) };
}

interface Named {
  /** x0, x1 … by its place among those of the subject. */
  readonly name: string;
  readonly measure: MeasureId;
  readonly ingredient: Ingredient;
}

function ingredientsOf(measures: readonly MeasureId[]): Named[] {
  return measures
    .flatMap((measure) => AGGREGATES[measure].ingredients.map((ingredient) => ({ measure, ingredient })))
    .map((each, index) => ({ ...each, name: `x${index}` }));
}

/** The column of a measure: m0, m1 … by its place in the report. */
export function nameOf(measures: readonly MeasureId[], id: MeasureId): string {
  return `m${measures.indexOf(id)}`;
}

function countsOf(named: readonly Named[]): ReadonlyMap<string, Sql> {
  return new Map(
    named.flatMap(({ name, ingredient }) =>
      ingredient.kind === 'orders' ? [[name, ingredient.where] as const] : [],
    ),
  );
}

/** The facts that the report is about: their keys, and what figures are made of. */
export function factsOf({ source, report, keys, range, subject, measures, counts }: Part): Sql {
  const named = ingredientsOf(measures);
  const hasCounts = counts.size > 0;
  const chosen = chosenBy(report, range);
  const kept = new Set([
    ...measures.filter(isTakenWhole).flatMap((id) => AGGREGATES[id].columns),
    ...named.flatMap(({ ingredient }) => ('column' in ingredient ? [ingredient.column] : [])),
    ...(hasCounts ? ['order_id'] : []),
  ]);
  const read = new Set([
    ...kept,
    ...(hasCounts ? Object.values(ROWS_OF_ORDER) : []),
    ...measures.flatMap((id) => AGGREGATES[id].columns),
    ...[...keys.all.values()].map(({ column }) => column),
    ...chosen.columns,
  ]);
  const columns = [
    ...[...keys.all].map(([name, { is }]) => sql`${is} as ${sql.ref(name)}`),
    ...(hasCounts ? countedFor(keys.all, [...counts.values()]) : []),
    ...named.flatMap(({ name, ingredient }) => ofRow(ingredient).map((is) => sql`${is} as ${sql.ref(name)}`)),
    ...[...kept].map((name) => sql`f.${sql.ref(name)}`),
  ];
  return sql`
    select ${columns.length === 0 ? sql`1 as one` : sql.join(columns)}
    from (${source.facts(subject, [...read], report.asOf)}) as f
    where ${sql.join([sql`true`, ...chosen.conditions], sql` and `)}`;
}

/** What a row has of an ingredient that adds up, worked out once for all totals: whether it counts, or what it adds. */
function ofRow(ingredient: Ingredient): Sql[] {
  switch (ingredient.kind) {
    case 'count':
      return ingredient.where === EVERY ? [] : [ingredient.where];
    case 'sum':
      return [
        ingredient.where === EVERY
          ? ingredient.of
          : sql`case when ${ingredient.where} then ${ingredient.of} end`,
      ];
    default:
      return [];
  }
}

/** What is wanted of facts. */
export interface Wanted {
  /** The name of the facts. */
  readonly facts: string;
  readonly measures: readonly MeasureId[];
  readonly sets: Sets;
}

/** A select of the keys, of the column `here`, and of those of the measures. */
export function measured(part: Part, { sets, ...wanted }: Wanted): Sql {
  const together = madeTogether(part, sets).map((each) => madeAtOnce(part, { ...wanted, sets: each }));
  return sql.join(together, sql` union all `);
}

/** Totals of which there may be very many are made by themselves, so that only their own keys are compared. */
function madeTogether({ keys, counts }: Part, sets: Sets): Sets[] {
  if (!keys.hasManyCells) return [sets];
  const isApart = (set: readonly string[]) => counts.size === 0 || isOfProducts(keys.all, set);
  const others = sets.filter((set) => !isApart(set));
  return [...sets.filter(isApart).map((set) => [set]), ...(others.length === 0 ? [] : [others])];
}

function madeAtOnce(part: Part, { facts, measures, sets }: Wanted): Sql {
  const { keys, report, here, counts } = part;
  const named = ingredientsOf(part.measures).filter(({ measure }) => measures.includes(measure));
  const has = (kind: Ingredient['kind']) => named.some(({ ingredient }) => ingredient.kind === kind);
  const from = { keys, named, counts: [...counts.keys()], facts, sets };
  const orders = { facts, keys: keys.all, sets, names: [...counts.keys()] };
  const joined = [...(has('whole') ? ['wholes'] : []), ...(has('orders') ? ['orders'] : [])];
  const [only = []] = sets;
  const own = sets.length === 1 ? only : [...keys.all.keys()];
  const joins = joined.map((name) => sql`left join ${sql.table(name)} on ${sameKeys(own, 'sums', name)}`);
  return sql`(
    with ${sql.join([
      sql`sums as (${sumsOf(from)})`,
      ...(has('whole') ? [sql`wholes as (${wholesOf(from)})`] : []),
      ...(has('orders') ? [sql`orders as (${countOrders(orders)})`] : []),
    ])}
    select ${sql.join([
      ...[...keys.all.keys()].map((name) => sql.ref(`sums.${name}`)),
      sql`true as ${sql.ref(here)}`,
      ...part.measures
        .filter((id) => measures.includes(id))
        .map((id) => sql`${figureOf(id, named)} as ${sql.ref(nameOf(report.measures, id))}`),
    ])}
    from sums ${sql.join(joins, sql` `)})`;
}

function figureOf(id: MeasureId, named: readonly Named[]): Sql {
  const own = named.filter(({ measure }) => measure === id);
  return AGGREGATES[id].is(
    own.map(({ name, ingredient: { kind } }) => {
      const [sums, orders] = [sql.ref(`sums.${name}`), sql.ref(`orders.${name}`)];
      if (kind === 'orders') return sql`(coalesce(${sums}, 0) + coalesce(${orders}, 0))`;
      return kind === 'whole' ? sql.ref(`wholes.${name}`) : sums;
    }),
  );
}

interface From {
  readonly keys: Keyed;
  readonly named: readonly Named[];
  /** The names of counts of orders, in the order of their bits. */
  readonly counts: readonly string[];
  readonly facts: string;
  readonly sets: Sets;
}

/** What adds up: taken for the cells once, from which totals follow, unless there may be as many cells as facts. */
function sumsOf(from: From): Sql {
  const { keys, facts, sets } = from;
  const ofFacts = sql`${sql.table(facts)} as f`;
  if (keys.hasManyCells || sets.length === 1) {
    return eachApart(from, (set) => ({ figures: sumsOfFacts(from, set), from: ofFacts }));
  }
  const cells = totalled(keys.all, [[...keys.all.keys()]], { figures: cellsOfFacts(from), from: ofFacts });
  return sql`
    with cells as materialized (${cells})
    ${sql.join(
      sets.map((set) => sumsOfCells(from, set)),
      sql` union all `,
    )}`;
}

/** Each total on its own, which takes less than all at once where there are very many groups. */
function eachApart(
  { keys, sets }: From,
  figuresOf: (set: readonly string[]) => Parameters<typeof totalled>[2],
): Sql {
  return sql.join(
    sets.map((set) => totalled(keys.all, [set], figuresOf(set))),
    sql` union all `,
  );
}

/** Over facts `f`, what a total is made of. */
function sumsOfFacts({ keys, named, counts, sets }: From, set: readonly string[]): Sql[] {
  const alone = aloneIn(keys.all, sets, set);
  return named.flatMap(({ name, ingredient }) => {
    if (ingredient.kind === 'whole') return [];
    const orders = alone === undefined ? sql`0` : countAlone(alone, counts.indexOf(name));
    return [sql`${ingredient.kind === 'orders' ? orders : ofCell(ingredient, name)} as ${sql.ref(name)}`];
  });
}

/** Over facts `f`, what cells have for totals to follow from; orders of whichever rows are counted as they are in a total. */
function cellsOfFacts({ keys, named, counts, sets }: From): Sql[] {
  const alone = [...new Set(sets.flatMap((set) => aloneIn(keys.all, sets, set) ?? []))];
  return named.flatMap(({ name, ingredient }) => {
    if (ingredient.kind === 'whole') return [];
    if (ingredient.kind !== 'orders') return [sql`${ofCell(ingredient, name)} as ${sql.ref(name)}`];
    return alone.map(
      (rows) => sql`${countAlone(rows, counts.indexOf(name))} as ${sql.ref(aloneName(name, rows))}`,
    );
  });
}

function aloneName(name: string, rows: Alone): string {
  return `${name}_${rows}`;
}

/** A total of `cells`; the cells as they are when it is of all keys. */
function sumsOfCells({ keys, named, sets }: From, set: readonly string[]): Sql {
  const alone = aloneIn(keys.all, sets, set);
  const isCells = set.length === keys.all.size;
  const merged = (by: string, column: string) =>
    isCells ? sql.ref(column) : sql`${sql.raw(by)}(${sql.ref(column)})`;
  const figures = named.flatMap(({ name, ingredient: { kind } }) => {
    if (kind === 'whole') return [];
    if (kind !== 'orders') return [sql`${merged(MERGED_BY[kind], name)} as ${sql.ref(name)}`];
    const orders = alone === undefined ? sql`0` : merged('sum', aloneName(name, alone));
    return [sql`${orders} as ${sql.ref(name)}`];
  });
  if (!isCells) return totalled(keys.all, [set], { figures, from: sql`cells` });
  return sql`select ${sql.join([...set.map((name) => sql.ref(name)), ...figures])} from cells`;
}

/**
 * What is taken of the facts anew for each total, of the rows that matter to any of it. Those of which nothing is known are
 * left out: then they are taken for few, and totals are looked up among them rather than they among millions of totals.
 */
function wholesOf(from: From): Sql {
  const { keys, named, facts, sets } = from;
  const wholes = named.flatMap(({ name, ingredient }) =>
    ingredient.kind === 'whole' ? [{ name, ...ingredient }] : [],
  );
  const matters = wholes.map(({ where }) => sql`(${where})`);
  const made = {
    figures: wholes.map(({ name, is }) => sql`${is} as ${sql.ref(name)}`),
    from: sql`${sql.table(facts)} as f where ${sql.join(matters, sql` or `)}`,
  };
  const all = keys.hasManyCells ? eachApart(from, () => made) : totalled(keys.all, sets, made);
  const known = wholes.map(({ name }) => sql`${sql.ref(name)} is not null`);
  return sql`select * from (${all}) as made where ${sql.join(known, sql` or `)}`;
}

/** The ingredient in a cell, of what its rows have. */
function ofCell(ingredient: AddedUp, name: string): Sql {
  const own = sql`f.${sql.ref(name)}`;
  switch (ingredient.kind) {
    case 'count':
      return ingredient.where === EVERY ? sql`count(*)` : sql`count(*) filter (where ${own})`;
    case 'sum':
      return sql`sum(${own})`;
    default:
      return sql`${sql.raw(ingredient.kind)}(f.${sql.ref(ingredient.column)})`;
  }
}
