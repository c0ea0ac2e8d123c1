/**
 * The ceiling: what the same database takes when nothing is decided. Orders of three items written by two connections in
 * batches of 256, each batch a handful of set-based statements into the same tables: orders, items, events, allocations,
 * levels. No rules, no queue, no limits, no locks beyond those of the updates, no HTTP. The two connections have
 * different products, so that they never wait for each other.
 */
import pg from 'pg';
import { familySeconds } from '../support/cpu-time.ts';
import { seededRandom } from '../support/seeded-random.ts';

const BATCH = 256;
const ITEMS = 3;
const CONNECTIONS = 2;

const STATEMENTS = {
  orders: `
    insert into orders (id, channel_id, number, customer, priority, placed_at, accepted_at, shipping, when_incomplete,
      contents_hash)
    select id, 1, 'ceiling-' || id, 'customer-' || id, 0, now(), now(), 'partial', 'hold', 'none'
    from unnest($1::bigint[]) id`,
  items: `
    insert into order_items (order_id, line, product_id, channel_id, customer, unit_price, kind, whole, priority,
      waiting_since, ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled, events)
    select o, l, p, 1, 'customer-' || o, 1999, 'backorder', false, 0, now(), 1, 0, a, 1 - a, 0, 0, 0, 0, 1
    from unnest($1::bigint[], $2::smallint[], $3::integer[], $4::integer[]) as t(o, l, p, a)`,
  events: `
    insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ordered, pending,
      allocated, backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation)
    select o, l, 1, now(), p, 1, 'placed', 1, 0, a, 1 - a, 0, 0, 0, 0,
      case a when 1 then '{allocated}'::text[] else '{backordered}' end, '{}', '{"asked":[]}'
    from unnest($1::bigint[], $2::smallint[], $3::integer[], $4::integer[]) as t(o, l, p, a)`,
  allocations: `
    insert into allocations (order_id, line, warehouse_id, product_id, open)
    select o, l, 1, p, 1 from unnest($1::bigint[], $2::smallint[], $3::integer[], $4::integer[]) as t(o, l, p, a)
    where a = 1`,
  levels: `
    update inventory_levels level set allocated = allocated + units
    from (select p, count(*) as units from unnest($1::integer[]) p group by p) taken
    where product_id = p and warehouse_id = 1`,
  positions: `
    update product_positions set backordered = backordered + units
    from (select p, count(*) as units from unnest($1::integer[]) p group by p) waits
    where product_id = p`,
};

interface Batch {
  readonly orders: number[];
  readonly lines: number[];
  readonly products: number[];
  readonly allocated: number[];
}

async function writeBatch(
  client: pg.Client,
  drawn: readonly number[],
  { orders, lines, products, allocated }: Batch,
) {
  const items = [orders, lines, products, allocated];
  const taken = products.filter((_, index) => allocated[index] === 1);
  const waits = products.filter((_, index) => allocated[index] === 0);
  await client.query('begin');
  await client.query({ name: 'orders', text: STATEMENTS.orders, values: [drawn] });
  await client.query({ name: 'items', text: STATEMENTS.items, values: items });
  await client.query({ name: 'events', text: STATEMENTS.events, values: items });
  await client.query({ name: 'allocations', text: STATEMENTS.allocations, values: items });
  await client.query({ name: 'levels', text: STATEMENTS.levels, values: [taken] });
  await client.query({ name: 'positions', text: STATEMENTS.positions, values: [waits] });
  await client.query('commit');
}

/** Orders written by one connection until `until`; it takes every second product. */
async function write(
  url: string,
  which: number,
  limits: { until: number; products: number },
): Promise<number> {
  const random = seededRandom(which);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let written = 0;
  try {
    while (performance.now() < limits.until) {
      const drawing = `select nextval('order_ids')::int8 as id from generate_series(1, ${BATCH})`;
      const { rows } = await client.query<{ id: string }>(drawing);
      const drawn = rows.map(({ id }) => Number(id));
      const batch: Batch = { orders: [], lines: [], products: [], allocated: [] };
      for (let item = 0; item < BATCH * ITEMS; item++) {
        const product = random.between(1, Math.floor(limits.products / CONNECTIONS)) * CONNECTIONS - which;
        batch.orders.push(drawn[Math.floor(item / ITEMS)] ?? 0);
        batch.lines.push((item % ITEMS) + 1);
        batch.products.push(product);
        batch.allocated.push(product % 5 === 0 ? 0 : 1);
      }
      await writeBatch(client, drawn, batch);
      written += BATCH;
    }
  } finally {
    await client.end();
  }
  return written;
}

export interface Ceiling {
  /** Orders per second. */
  readonly rate: number;
  /** Processor time per order, in microseconds. */
  readonly databaseMicros: number;
}

/** What the bare statements reach; `database` is the process id of PostgreSQL. */
export async function ceiling(
  databaseUrl: string,
  { seconds, products, database }: { seconds: number; products: number; database: number },
): Promise<Ceiling> {
  const used = await familySeconds(database);
  const begun = performance.now();
  const limits = { until: begun + seconds * 1000, products };
  const written = await Promise.all([write(databaseUrl, 0, limits), write(databaseUrl, 1, limits)]);
  const orders = written.reduce((sum, each) => sum + each, 0);
  const rate = orders / ((performance.now() - begun) / 1000);
  return { rate, databaseMicros: (((await familySeconds(database)) - used) * 1e6) / orders };
}
