/**
 * Watches which locks transactions take, and in which order. It stands between the stories and PostgreSQL: behind every
 * statement of a transaction it asks, on the same connection, what the transaction holds now: advisory locks, and rows it
 * locked or wrote (their xmin or xmax is its own, or that of a savepoint within it).
 */
import { Kysely } from 'kysely';
import pg from 'pg';
import { type Database, wireTypes } from '../../src/db/database.ts';
import { pipelinedDialect } from '../../src/db/driver.ts';
import { LinkWatch } from '../../src/db/link-watch.ts';

/** In the order in which they are to be taken (ARCHITECTURE.md, Locks). */
export const LOCK_KINDS = [
  'key',
  'turn',
  'configuration',
  'product',
  'day',
  'document',
  'reference',
] as const;
export type LockKind = (typeof LOCK_KINDS)[number];

interface Held {
  readonly kind: LockKind | 'owned configuration' | 'row of a product';
  /** The id of what is locked; for a row of a product, the product. */
  readonly id: string;
}

interface Step {
  readonly statement: string;
  readonly held: readonly Held[];
}

export interface LockWatch {
  readonly db: Database;
  /** What was taken out of order since the watch began, and which kinds of locks were seen at all. */
  judged(): Promise<{ readonly wrong: readonly string[]; readonly kinds: ReadonlySet<string> }>;
}

/** Rows that belong to a product; those of a purchase order do from when it is on its way. */
const OF_PRODUCTS = [
  '(select xmin, xmax, product_id from purchase_order_lines where incoming > 0) as lines',
  'inventory_levels',
  'movements',
  'order_items',
  'allocations',
  'limit_counters',
  'queue_blocks',
  'daily_demands',
  'sell_policies',
];

const MINE = '(xmin = any(me.ids) or xmax = any(me.ids))';

/** Whether an advisory lock is on a key or on a reference cannot be read from the lock: the statement says it. */
const PROBE = `
  with me as materialized (
    select array_agg(transactionid) as ids from pg_locks
    where pid = pg_backend_pid() and locktype = 'transactionid' and mode = 'ExclusiveLock')
  select case when classid <> 0 or objid not in (1735289204, 1735289206, 1735289207) then 'name'
      when objid <> 1735289204 then 'turn'
      when mode = 'ExclusiveLock' then 'owned configuration' else 'configuration' end as kind, objid::text as id
  from pg_locks where pid = pg_backend_pid() and locktype = 'advisory' and objsubid = 1
  union all select 'product', product_id::text from product_positions, me where ${MINE}
  union all select 'day', warehouse_id::text from warehouse_days, me where ${MINE}
  union all select 'document', 'o' || orders.id from orders, me where ${MINE}
  union all select 'document', 'p' || purchase_orders.id from purchase_orders, me where ${MINE}
  ${OF_PRODUCTS.map((table) => `union select 'row of a product', product_id::text from ${table}, me where ${MINE}`).join('\n')}`;

interface Sent {
  readonly text: string;
}

export function watchLocks(url: string): LockWatch {
  const transactions: { readonly steps: Step[] }[] = [];
  const probes: Promise<unknown>[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 4, types: wireTypes, pipeline: true });
  pool.on('connect', (client) => {
    const send = client.query.bind(client);
    let steps: Step[] | undefined;
    const query = (statement: string | Sent) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const answered = send(statement as string);
      if (text.startsWith('begin')) {
        steps = text.includes('read only') ? undefined : [];
        if (steps !== undefined) transactions.push({ steps });
      } else if (text === 'commit' || text === 'rollback') steps = undefined;
      else if (steps !== undefined) probes.push(look(send, text, steps));
      return answered;
    };
    Object.defineProperty(client, 'query', { value: query });
  });
  const link = {
    watch: new LinkWatch(url),
    isWatchShared: false,
    prepares: true,
    limitMs: Number.POSITIVE_INFINITY,
  };
  return {
    db: new Kysely({ dialect: pipelinedDialect(pool, link) }),
    async judged() {
      await Promise.all(probes);
      const wrong = [...new Set(transactions.flatMap(({ steps }) => outOfOrder(steps)))];
      return {
        wrong,
        kinds: new Set(transactions.flatMap(({ steps }) => steps.flatMap(({ held }) => held.map(kindOf)))),
      };
    },
  };
}

async function look(send: pg.ClientBase['query'], statement: string, steps: Step[]): Promise<void> {
  // A transaction that has failed answers nothing more: what it held until then is known.
  const answer = await send<Held | { kind: 'name'; id: string }>(PROBE).catch(() => undefined);
  if (answer === undefined) return;
  const name: LockKind = statement.includes(', 1)') ? 'reference' : 'key';
  const before = new Map(steps.flatMap(({ held }) => held.map((each) => [each.id, each])));
  const held = answer.rows.map(({ kind, id }): Held => {
    if (kind !== 'name') return { kind, id };
    return before.get(id) ?? { kind: name, id };
  });
  steps.push({ statement: statement.trim().replaceAll(/\s+/g, ' ').slice(0, 120), held });
}

function kindOf({ kind }: Held): string {
  return kind;
}

/** What a transaction took too late, in words. Whoever owns the configuration is alone and may take products as it likes. */
function outOfOrder(steps: readonly Step[]): string[] {
  const wrong: string[] = [];
  let before: readonly Held[] = [];
  for (const { statement, held } of steps) {
    const names = new Set(before.map((each) => `${each.kind} ${each.id}`));
    const owns = held.some(({ kind }) => kind === 'owned configuration');
    const taken = held.filter((each) => !names.has(`${each.kind} ${each.id}`));
    for (const each of owns ? [] : taken) {
      const late =
        each.kind === 'row of a product'
          ? notHeld(each, held)
          : (tooLate(each, before) ?? unguarded(each, held));
      if (late !== undefined) wrong.push(`${late} by: ${statement}`);
    }
    before = held;
  }
  return wrong;
}

function notHeld({ id }: Held, held: readonly Held[]): string | undefined {
  const own = held.some((each) => each.kind === 'product' && each.id === id);
  return own ? undefined : 'a row of a product was written while the product was not held';
}

/** Whoever holds a product keeps the configuration as it is: its owner then is alone. */
function unguarded({ kind }: Held, held: readonly Held[]): string | undefined {
  if (kind !== 'product' || held.some((each) => each.kind === 'configuration')) return undefined;
  return 'a product without the configuration';
}

function tooLate(taken: Held, before: readonly Held[]): string | undefined {
  const rank = rankOf(taken);
  const later = before.find((each) => rankOf(each) > rank);
  if (later !== undefined) return `${taken.kind} after ${later.kind}`;
  const ascends = taken.kind === 'product' || taken.kind === 'day';
  const beyond = before.some((each) => each.kind === taken.kind && Number(each.id) > Number(taken.id));
  return ascends && beyond ? `a ${taken.kind} after another one that comes later` : undefined;
}

const RANKS = new Map<string, number>(LOCK_KINDS.map((kind, index) => [kind, index]));

function rankOf({ kind }: Held): number {
  return RANKS.get(kind) ?? -1;
}
