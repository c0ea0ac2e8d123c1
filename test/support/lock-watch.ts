/**
 * Watches which locks transactions take, and in which order. It stands between the stories and PostgreSQL: behind every
 * statement of a transaction it asks, on the same connection, what the transaction holds now: advisory locks, and rows it
 * locked or wrote (their xmin or xmax is its own, or that of a savepoint within it).
 */
import pg from 'pg';

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
  /** What was taken out of order since the watch began, and which kinds of locks were seen at all. */
  judged(): Promise<{ readonly wrong: readonly string[]; readonly kinds: ReadonlySet<string> }>;
  end(): void;
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

type Statement = string | { readonly text: string };

/** Watches the connections of databases that are opened in this process from now on. */
export function watchLocks(): LockWatch {
  const transactions: Step[][] = [];
  const probes: Promise<unknown>[] = [];
  const underWay = new WeakMap<pg.Client, Step[]>();
  const prototype: { query: unknown } = pg.Client.prototype;
  const unwatched = prototype.query;
  const send = (client: pg.Client, given: unknown[]) =>
    Reflect.apply(unwatched as () => unknown, client, given);
  function query(this: pg.Client, ...given: [Statement, ...unknown[]]): unknown {
    const [statement] = given;
    const text = typeof statement === 'string' ? statement : statement.text;
    const steps = underWay.get(this);
    const answered = send(this, given);
    if (text.startsWith('begin') && isOfAllot(this) && !text.includes('read only')) {
      const begun: Step[] = [];
      underWay.set(this, begun);
      transactions.push(begun);
    } else if (text === 'commit' || text === 'rollback') underWay.delete(this);
    else if (steps !== undefined) probes.push(look(send(this, [PROBE]) as Promise<Probed>, text, steps));
    return answered;
  }
  prototype.query = query;
  return {
    async judged() {
      await Promise.all(probes);
      const seen = transactions.flatMap((steps) => steps.flatMap(({ held }) => held.map(({ kind }) => kind)));
      return { wrong: [...new Set(transactions.flatMap(outOfOrder))], kinds: new Set(seen) };
    },
    end() {
      prototype.query = unwatched;
    },
  };
}

function isOfAllot(client: pg.Client): boolean {
  const parameters: unknown = Reflect.get(client, 'connectionParameters');
  return (
    typeof parameters === 'object' &&
    parameters !== null &&
    Reflect.get(parameters, 'application_name') === 'allot'
  );
}

type Probed = pg.QueryResult<Held | { readonly kind: 'name'; readonly id: string }>;

async function look(asked: Promise<Probed>, statement: string, steps: Step[]): Promise<void> {
  // A transaction that has failed answers nothing more: what it held until then is known.
  const answer = await asked.catch(() => undefined);
  if (answer === undefined) return;
  const name: LockKind = statement.includes(', 1)') ? 'reference' : 'key';
  const before = new Map(steps.flatMap(({ held }) => held.map((each) => [each.id, each])));
  const held = answer.rows.map(({ kind, id }): Held => {
    if (kind !== 'name') return { kind, id };
    return before.get(id) ?? { kind: name, id };
  });
  steps.push({ statement: statement.trim().replaceAll(/\s+/g, ' ').slice(0, 120), held });
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
