/**
 * The measures of one subject of a report, over its facts, for each cell and each total. What is additive is
 * computed once, for the cells, and totals follow from them, unless there may be about as many cells as
 * facts.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReportDefinition } from '../../contract/reports/report-definition.ts';
import { MEASURES, type MeasureId, type Subject } from '../../contract/reports/report-measures.ts';
import { ROWS_OF_ORDER } from '../facts/fact-sources.ts';
import type { ReportSource } from '../sources/source.ts';
import { filteredBy, type Range } from './dimensions.ts';
import { type GroupingSets, sameKeys, totalsBy } from './grouping-sets.ts';
import type { ReportKeys } from './keys.ts';
import { type Additive, AGGREGATES, EVERY, type Ingredient, isNonAdditive, MERGED_BY } from './measures.ts';
import {
  countedFor,
  countOrders,
  countSingleRows,
  isOfProducts,
  type SingleRows,
  singleRowsIn,
} from './order-counts.ts';

type Sql = RawBuilder<unknown>;

/** What is asked of all subjects of a report. */
export interface ReportQuery {
  readonly source: ReportSource;
  readonly report: ReportDefinition;
  readonly keys: ReportKeys;
  readonly range: Range;
}

/** What is asked of one of them. */
export interface SubjectQuery extends ReportQuery {
  readonly subject: Subject;
  readonly measures: readonly MeasureId[];
  /** A column that is there where the subject has rows. */
  readonly here: string;
  /** Which rows count for orders, by the names of the counts. */
  readonly counts: ReadonlyMap<string, Sql>;
}

/** @param at tells the columns of subjects apart */
export function subjectQuery(query: ReportQuery, subject: Subject, at: number): SubjectQuery {
  const measures = query.report.measures.filter((id) => MEASURES[id].subject === subject);
  return { ...query, subject, measures, here: `here${at}`, counts: countsOf(ingredientsOf(measures)) };
}

interface NamedIngredient {
  /** x0, x1 … by its place among those of the subject. */
  readonly name: string;
  readonly measure: MeasureId;
  readonly ingredient: Ingredient;
}

function ingredientsOf(measures: readonly MeasureId[]): NamedIngredient[] {
  return measures
    .flatMap((measure) => AGGREGATES[measure].ingredients.map((ingredient) => ({ measure, ingredient })))
    .map((each, index) => ({ ...each, name: `x${index}` }));
}

/** The column of a measure: m0, m1 … by its place in the report. */
export function nameOf(measures: readonly MeasureId[], id: MeasureId): string {
  return `m${measures.indexOf(id)}`;
}

function countsOf(named: readonly NamedIngredient[]): ReadonlyMap<string, Sql> {
  return new Map(
    named.flatMap(({ name, ingredient }) =>
      ingredient.kind === 'orders' ? [[name, ingredient.where] as const] : [],
    ),
  );
}

/** The facts that the report is about: their keys, and what figures are made of. */
export function factsOf({ source, report, keys, range, subject, measures, counts }: SubjectQuery): Sql {
  const named = ingredientsOf(measures);
  const hasCounts = counts.size > 0;
  const chosen = filteredBy(report, range);
  const kept = new Set([
    ...measures.filter(isNonAdditive).flatMap((id) => AGGREGATES[id].columns),
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

/**
 * What a row has of an ingredient that adds up, worked out once for all totals: whether it counts, or what it
 * adds.
 */
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

/** What is computed of facts. */
export interface MeasuresWanted {
  /** The name of the facts. */
  readonly facts: string;
  readonly measures: readonly MeasureId[];
  readonly sets: GroupingSets;
}

/**
 * A select of the keys, of the column `here`, and of those of the measures: a row for each cell or total of
 * the sets.
 */
export function measuresBySets(part: SubjectQuery, { sets, ...wanted }: MeasuresWanted): Sql {
  const together = setsTogether(part, sets).map((each) => measuresAtOnce(part, { ...wanted, sets: each }));
  return sql.join(together, sql` union all `);
}

/**
 * Totals of which there may be very many are made by themselves, so that only their own keys are compared.
 */
function setsTogether({ keys, counts }: SubjectQuery, sets: GroupingSets): GroupingSets[] {
  if (!keys.hasManyCells) return [sets];
  const isApart = (set: readonly string[]) => counts.size === 0 || isOfProducts(keys.all, set);
  const others = sets.filter((set) => !isApart(set));
  return [...sets.filter(isApart).map((set) => [set]), ...(others.length === 0 ? [] : [others])];
}

function measuresAtOnce(part: SubjectQuery, { facts, measures, sets }: MeasuresWanted): Sql {
  const { keys, report, here, counts } = part;
  const named = ingredientsOf(part.measures).filter(({ measure }) => measures.includes(measure));
  const has = (kind: Ingredient['kind']) => named.some(({ ingredient }) => ingredient.kind === kind);
  const from = { keys, named, counts: [...counts.keys()], facts, sets };
  const orders = { facts, keys: keys.all, sets, names: [...counts.keys()] };
  const joined = [...(has('non_additive') ? ['non_additive'] : []), ...(has('orders') ? ['orders'] : [])];
  const [only = []] = sets;
  const own = sets.length === 1 ? only : [...keys.all.keys()];
  const joins = joined.map((name) => sql`left join ${sql.table(name)} on ${sameKeys(own, 'sums', name)}`);
  return sql`(
    with ${sql.join([
      sql`sums as (${sumsOf(from)})`,
      ...(has('non_additive') ? [sql`non_additive as (${nonAdditivesOf(from)})`] : []),
      ...(has('orders') ? [sql`orders as (${countOrders(orders)})`] : []),
    ])}
    select ${sql.join([
      ...[...keys.all.keys()].map((name) => sql.ref(`sums.${name}`)),
      sql`true as ${sql.ref(here)}`,
      ...part.measures
        .filter((id) => measures.includes(id))
        .map((id) => sql`${measureOf(id, named)} as ${sql.ref(nameOf(report.measures, id))}`),
    ])}
    from sums ${sql.join(joins, sql` `)})`;
}

function measureOf(id: MeasureId, named: readonly NamedIngredient[]): Sql {
  const own = named.filter(({ measure }) => measure === id);
  return AGGREGATES[id].is(
    own.map(({ name, ingredient: { kind } }) => {
      const [sums, orders] = [sql.ref(`sums.${name}`), sql.ref(`orders.${name}`)];
      if (kind === 'orders') return sql`(coalesce(${sums}, 0) + coalesce(${orders}, 0))`;
      return kind === 'non_additive' ? sql.ref(`non_additive.${name}`) : sums;
    }),
  );
}

interface IngredientSource {
  readonly keys: ReportKeys;
  readonly named: readonly NamedIngredient[];
  /** The names of counts of orders, in the order of their bits. */
  readonly counts: readonly string[];
  readonly facts: string;
  readonly sets: GroupingSets;
}

/**
 * What adds up: taken for the cells once, from which totals follow, unless there may be as many cells as
 * facts.
 */
function sumsOf(from: IngredientSource): Sql {
  const { keys, facts, sets } = from;
  const ofFacts = sql`${sql.table(facts)} as f`;
  if (keys.hasManyCells || sets.length === 1) {
    return eachByItself(from, (set) => ({ figures: sumsOfFacts(from, set), from: ofFacts }));
  }
  const cells = totalsBy(keys.all, [[...keys.all.keys()]], { figures: cellsOfFacts(from), from: ofFacts });
  return sql`
    with cells as materialized (${cells})
    ${sql.join(
      sets.map((set) => sumsOfCells(from, set)),
      sql` union all `,
    )}`;
}

/** Each total on its own, which takes less than all at once where there are very many groups. */
function eachByItself(
  { keys, sets }: IngredientSource,
  figuresOf: (set: readonly string[]) => Parameters<typeof totalsBy>[2],
): Sql {
  return sql.join(
    sets.map((set) => totalsBy(keys.all, [set], figuresOf(set))),
    sql` union all `,
  );
}

/** Over facts `f`, what a total is made of. */
function sumsOfFacts({ keys, named, counts, sets }: IngredientSource, set: readonly string[]): Sql[] {
  const single = singleRowsIn(keys.all, sets, set);
  return named.flatMap(({ name, ingredient }) => {
    if (ingredient.kind === 'non_additive') return [];
    const orders = single === undefined ? sql`0` : countSingleRows(single, counts.indexOf(name));
    return [sql`${ingredient.kind === 'orders' ? orders : ofCell(ingredient, name)} as ${sql.ref(name)}`];
  });
}

/**
 * Over facts `f`, what cells have for totals to follow from; orders of whichever rows are counted as they are
 * in a total.
 */
function cellsOfFacts({ keys, named, counts, sets }: IngredientSource): Sql[] {
  const single = [...new Set(sets.flatMap((set) => singleRowsIn(keys.all, sets, set) ?? []))];
  return named.flatMap(({ name, ingredient }) => {
    if (ingredient.kind === 'non_additive') return [];
    if (ingredient.kind !== 'orders') return [sql`${ofCell(ingredient, name)} as ${sql.ref(name)}`];
    return single.map(
      (rows) => sql`${countSingleRows(rows, counts.indexOf(name))} as ${sql.ref(singleRowsName(name, rows))}`,
    );
  });
}

function singleRowsName(name: string, rows: SingleRows): string {
  return `${name}_${rows}`;
}

/** A total of `cells`; the cells as they are when it is of all keys. */
function sumsOfCells({ keys, named, sets }: IngredientSource, set: readonly string[]): Sql {
  const single = singleRowsIn(keys.all, sets, set);
  const isCells = set.length === keys.all.size;
  const merged = (by: string, column: string) =>
    isCells ? sql.ref(column) : sql`${sql.raw(by)}(${sql.ref(column)})`;
  const figures = named.flatMap(({ name, ingredient: { kind } }) => {
    if (kind === 'non_additive') return [];
    if (kind !== 'orders') return [sql`${merged(MERGED_BY[kind], name)} as ${sql.ref(name)}`];
    const orders = single === undefined ? sql`0` : merged('sum', singleRowsName(name, single));
    return [sql`${orders} as ${sql.ref(name)}`];
  });
  if (!isCells) return totalsBy(keys.all, [set], { figures, from: sql`cells` });
  return sql`select ${sql.join([...set.map((name) => sql.ref(name)), ...figures])} from cells`;
}

/**
 * What is taken of the facts anew for each total, of the rows that matter to any of it. Those of which
 * nothing is known are left out: then they are taken for few, and totals are looked up among them rather than
 * they among millions of totals.
 */
function nonAdditivesOf(from: IngredientSource): Sql {
  const { keys, named, facts, sets } = from;
  const nonAdditives = named.flatMap(({ name, ingredient }) =>
    ingredient.kind === 'non_additive' ? [{ name, ...ingredient }] : [],
  );
  const matters = nonAdditives.map(({ where }) => sql`(${where})`);
  const made = {
    figures: nonAdditives.map(({ name, is }) => sql`${is} as ${sql.ref(name)}`),
    from: sql`${sql.table(facts)} as f where ${sql.join(matters, sql` or `)}`,
  };
  const all = keys.hasManyCells ? eachByItself(from, () => made) : totalsBy(keys.all, sets, made);
  const known = nonAdditives.map(({ name }) => sql`${sql.ref(name)} is not null`);
  return sql`select * from (${all}) as made where ${sql.join(known, sql` or `)}`;
}

/** The ingredient in a cell, of what its rows have. */
function ofCell(ingredient: Additive, name: string): Sql {
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
