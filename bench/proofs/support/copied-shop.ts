/**
 * A shop made many times larger than it could be played in an hour: each copy of it has products, orders and purchase orders
 * of its own, which are those of the first one under other ids, so that what holds of one holds of all of them. Sums by
 * day are multiplied. `allot verify` finds nothing wrong with it.
 */
import { sql } from 'kysely';
import { startProgress } from '../../../src/cli/progress.ts';
import type { Database } from '../../../src/db/database.ts';

/** Columns that name a product, an order and a purchase order, here and there. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  products: ['product_id', 'products.id'],
  orders: ['order_id', 'for_order', 'last_order', 'orders.id'],
  purchase_orders: ['purchase_order_id', 'purchase_orders.id'],
  shipments: ['shipment_id', 'shipments.id'],
  stock_documents: ['document_id', 'stock_documents.id'],
};
/** What must be another text in each copy. */
const NAMES = [
  'products.sku',
  'orders.number',
  'purchase_orders.number',
  'shipments.reference',
  'stock_documents.reference',
];
const SUMS = ['day_facts', 'fill_facts'];

interface TableColumn {
  readonly table: string;
  readonly column: string;
}

async function columnsOfTables(db: Database): Promise<Map<string, string[]>> {
  const { rows } = await sql<TableColumn>`
    select c.table_name as "table", c.column_name as "column"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    order by c.table_name, c.ordinal_position`.execute(db);
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

function idOf(table: string, column: string): string | undefined {
  return Object.keys(IDS).find((kind) =>
    IDS[kind]?.some((name) => name === column || name === `${table}.${column}`),
  );
}

interface Copy {
  /** 1 is the first copy; the shop itself is 0. */
  readonly copy: number;
  /** How far apart the ids of two copies are, by what they name. */
  readonly steps: ReadonlyMap<string, number>;
}

function copied(table: string, columns: readonly string[], { copy, steps }: Copy) {
  const values = columns.map((column) => {
    const kind = idOf(table, column);
    if (kind !== undefined) return sql`${sql.ref(column)} + ${sql.lit(copy * (steps.get(kind) ?? 0))}`;
    if (NAMES.includes(`${table}.${column}`)) return sql`${sql.ref(column)} || ${sql.lit(`-${copy}`)}`;
    return sql.ref(column);
  });
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const first = columns.find((column) => idOf(table, column) !== undefined) ?? '';
  const step = steps.get(idOf(table, first) ?? '') ?? 0;
  return sql`insert into ${sql.table(table)} (${names}) overriding system value
    select ${sql.join(values)} from ${sql.table(table)} where ${sql.ref(first)} <= ${sql.lit(step)}`;
}

/** Makes `copies` of everything that is there, the shop that is there being the first. */
export async function copyShop(db: Database, copies: number): Promise<void> {
  const tables = [...(await columnsOfTables(db))].filter(([table, columns]) =>
    columns.some((column) => idOf(table, column) !== undefined),
  );
  const steps = new Map<string, number>();
  for (const kind of Object.keys(IDS)) {
    const { rows } = await sql<{ most: number }>`
      select coalesce(max(id), 0)::bigint as most from ${sql.table(kind)}`.execute(db);
    steps.set(kind, rows[0]?.most ?? 0);
  }
  // parents before those that refer to them
  const order = [...Object.keys(IDS), 'suppliers'];
  const place = (table: string) => (order.includes(table) ? order.indexOf(table) : order.length);
  tables.sort(([a], [b]) => place(a) - place(b));
  const progress = startProgress({ label: 'copies', total: copies, unit: 'shops' });
  progress.advance();
  for (let copy = 1; copy < copies; copy++) {
    await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`set local synchronous_commit = off`.execute(tx);
      for (const [table, columns] of tables) await copied(table, columns, { copy, steps }).execute(tx);
    });
    progress.advance();
  }
  progress.finish();
  for (const table of SUMS) await multiply(db, table, copies);
  await sql`select setval('order_ids', ${(steps.get('orders') ?? 0) * copies})`.execute(db);
  for (const table of Object.keys(IDS).filter((each) => each !== 'orders')) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${(steps.get(table) ?? 0) * copies})`.execute(
      db,
    );
  }
  await sql`analyze`.execute(db);
}

async function multiply(db: Database, table: string, copies: number): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    select column_name as column from information_schema.columns
    where table_name = ${table} and column_name not in ('day', 'channel_id', 'status')`.execute(db);
  const sets = rows.map(({ column }) => sql`${sql.ref(column)} = ${sql.ref(column)} * ${sql.lit(copies)}`);
  await sql`update ${sql.table(table)} set ${sql.join(sets)}`.execute(db);
}

/** When an event happened: so long after the order was placed, which differs from order to order. */
const AFTER = sql`least(now(), o.placed_at + (e.number - 1) * (1 + e.order_id % 40) * interval '5 hours')`;

/** Gives history its time: what happened to an item in a minute happens over weeks, from the day its order was placed. */
export async function spreadHistory(db: Database): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`
      update item_events e set recorded_at = ${AFTER} from orders o where o.id = e.order_id`.execute(tx);
    await sql`
      update order_items i set waiting_since = o.placed_at from orders o where o.id = i.order_id`.execute(tx);
  });
}
