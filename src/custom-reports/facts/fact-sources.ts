/**
 * What facts are made of: a table, columns over it, and the joins that some columns need. Only what a report
 * asks for is joined. Times are `timestamp` in UTC here, so that a day is the same day for everyone.
 */
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** The moment a report is about. */
export interface Moment {
  /** Now, or a past moment, as the UTC time it is. */
  readonly at: Sql;
  /** The same as what the columns of the tables are compared with. */
  readonly instant: Sql;
  readonly isPast: boolean;
}

export interface Column {
  readonly is: Sql;
  /** Names of joins. */
  readonly needs: readonly string[];
}

export type Columns = Readonly<Record<string, Column>>;

export interface Sources {
  readonly from: Sql;
  /** In the order in which they are joined. */
  readonly joins: Readonly<Record<string, Sql>>;
  readonly columns: Columns;
  readonly where?: Sql;
}

export function column(is: Sql, ...needs: string[]): Column {
  return { is, needs };
}

export function columnNamed(columns: Columns, name: string): Column {
  const found = columns[name];
  if (found === undefined) throw new Error(`facts have no column ${name}`);
  return found;
}

/** Columns that are there under these names. @param from the alias of a table, or of a join of that name */
export function columnsFrom(from: string, names: readonly string[], ...needs: string[]): Columns {
  return Object.fromEntries(
    names.map((name) => [name, column(sql`${sql.ref(from)}.${sql.ref(name)}`, ...needs)] as const),
  );
}

/** An instant of PostgreSQL as the UTC time it is. */
export function utc(instant: Sql): Sql {
  return sql`(${instant} at time zone 'UTC')`;
}

/** A select of exactly these columns. */
export function selectFrom({ from, joins, columns, where }: Sources, wanted: readonly string[]): Sql {
  const chosen = wanted.map((name) => ({ name, ...columnNamed(columns, name) }));
  const needed = new Set(chosen.flatMap(({ needs }) => needs));
  const joined = Object.entries(joins).flatMap(([name, join]) => (needed.has(name) ? [join] : []));
  const list = chosen.map(({ name, is }) => sql`${is} as ${sql.ref(name)}`);
  return sql`select ${list.length === 0 ? sql`1 as one` : sql.join(list)} from ${from} ${sql.join(joined, sql` `)}
    where ${where ?? sql`true`}`;
}

/**
 * Columns that say how many rows an order has at most, in all or of the same product; null where it is not
 * known.
 */
export const ROWS_OF_ORDER = { all: 'rows_of_order', ofProduct: 'rows_of_order_of_product' } as const;

/** Where to find out takes as long as it would save. */
export const ROWS_NOT_KNOWN: Columns = Object.fromEntries(
  Object.values(ROWS_OF_ORDER).map((name) => [name, column(sql`null::integer`)] as const),
);

/**
 * The same columns over all rows of an order: what they are counted over has to have those of whole orders.
 */
export const ROWS_COUNTED = sql`
  count(*) over (partition by order_id) as ${sql.ref(ROWS_OF_ORDER.all)},
  count(*) over (partition by order_id, product_id) as ${sql.ref(ROWS_OF_ORDER.ofProduct)}`;

/** Sales channels `c`, each with one of those that have its currency, which stands for the currency. */
export const CHANNEL = sql`
  join (
    select id, code, currency, min(id) over (partition by currency) as currency_id from sales_channels
  ) as c on c.id = t.channel_id`;

/** Codes instead of ids, for tables `t` that have them. */
export const CODES = {
  joins: {
    channel: CHANNEL,
    product: sql`join products p on p.id = t.product_id`,
    supplier: sql`
      left join (
        select distinct on (sp.product_id) sp.product_id, s.id, s.code
        from supplier_products sp join suppliers s on s.id = sp.supplier_id and s.enabled
        order by sp.product_id, sp.preference, s.code
      ) as first on first.product_id = t.product_id`,
  },
  columns: {
    product_id: column(sql`t.product_id`),
    channel_id: column(sql`t.channel_id`),
    channel: column(sql`c.code`, 'channel'),
    currency: column(sql`c.currency`, 'channel'),
    currency_id: column(sql`c.currency_id`, 'channel'),
    product: column(sql`p.sku`, 'product'),
    supplier: column(sql`first.code`, 'supplier'),
    supplier_id: column(sql`first.id`, 'supplier'),
  },
} as const;

/** Of the order of `t`. */
export const ORDER = {
  joins: { order: sql`join orders o on o.id = t.order_id` },
  number: column(sql`o.number`, 'order'),
  columns: {
    placed: column(utc(sql`o.placed_at`), 'order'),
    customer_group: column(sql`o.customer_group`, 'order'),
    country: column(sql`o.ship_to ->> 'country'`, 'order'),
  },
} as const;
