/**
 * Sends bad requests and judges the answers: never a 5xx, every refusal a problem document with a known code and the
 * status that belongs to it, a change never accepted, and the rows of all tables the same before and after.
 */
import { Agent, request as httpRequest } from 'node:http';
import { sql } from 'kysely';
import type { Client } from '../../src/contract/call.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { STATUS_OF } from '../../src/http/problem.ts';
import { type BadRequest, badRequest } from './bad-requests.ts';
import { inCrowd } from './bounded.ts';
import type { Random } from './seeded-random.ts';
import type { KnownValues } from './valid-values.ts';

export interface BadInputReport {
  readonly requests: number;
  readonly byStatus: ReadonlyMap<number, number>;
  readonly serverErrors: number;
  readonly changes: number;
  /** What was wrong with answers, in words; 5xx among them. */
  readonly violations: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const ANSWER_WITHIN_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function send(address: string, { method, path, headers, body }: BadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const options = { agent, method, path, headers: { ...headers, ...length }, timeout: ANSWER_WITHIN_MS };
    const { hostname, port } = new URL(address);
    const sent = httpRequest({ ...options, hostname, port }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(parts).toString() });
      });
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

function codeOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '';
  } catch {
    return '';
  }
}

/** What is wrong with an answer, or undefined. */
function fault(request: BadRequest, { status, type, text }: Answer): string | undefined {
  if (status >= 500) return `answered ${status}`;
  if (status < 400) return request.method === 'GET' ? undefined : `a change was answered ${status}`;
  if (!type.startsWith('application/problem+json')) return `${status} is no problem document but ${type}`;
  const code = codeOf(text);
  const statuses: Readonly<Record<string, number>> = STATUS_OF;
  return statuses[code] === status ? undefined : `${status} with the code '${code}'`;
}

/** What a fold counts in the background from the events, when it comes to it; the events themselves are looked at. */
const FOLDED = ['day_facts', 'fill_facts', 'fact_folds'];

/** One line per table: its name, its rows and a digest of all of them. */
async function digestOf(db: Database): Promise<string> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> all (${FOLDED}) order by tablename`.execute(db);
  const lines: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
      from ${sql.table(name)} t`.execute(db);
    lines.push(`${name} ${rows[0]?.digest}`);
  }
  return lines.join('\n');
}

function difference(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join(', ');
}

export interface BadInputOptions {
  readonly address: string;
  readonly databaseUrl: string;
  readonly requests: number;
  readonly random: Random;
  readonly known: KnownValues;
}

const AT_ONCE = 8;
/** The tables are compared after each so many requests. */
const CHUNK = 1000;

function shown({ kind, method, path, headers, body }: BadRequest): string {
  return JSON.stringify({
    kind,
    method,
    path: path.slice(0, 300),
    headers,
    body: body?.toString().slice(0, 300),
  });
}

export async function sendBadInput(options: BadInputOptions): Promise<BadInputReport> {
  const { address, databaseUrl, requests, random, known } = options;
  const db = openDatabase({ url: databaseUrl, connections: 1 });
  const byStatus = new Map<number, number>();
  const violations: string[] = [];
  let changes = 0;
  let serverErrors = 0;
  async function sendOne(): Promise<void> {
    const request = badRequest(random, known);
    try {
      const answer = await send(address, request);
      byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) serverErrors += 1;
      const wrong = fault(request, answer);
      if (wrong !== undefined) violations.push(`${wrong}: ${shown(request)} -> ${answer.text.slice(0, 300)}`);
    } catch (error) {
      violations.push(`no answer (${String(error)}): ${shown(request)}`);
    }
  }
  try {
    let before = await digestOf(db);
    for (let sent = 0; sent < requests; sent += CHUNK) {
      await inCrowd(Math.min(CHUNK, requests - sent), AT_ONCE, sendOne);
      const after = await digestOf(db);
      if (after !== before) {
        changes += 1;
        violations.push(`the tables changed: ${difference(before, after)}`);
      }
      before = after;
    }
  } finally {
    agent.destroy();
    await db.destroy();
  }
  return { requests, byStatus, serverErrors, changes, violations };
}

const TIME_ZONE = 'Europe/Amsterdam';

/** Two purchase orders on their way, of which one was moved, so that what waits is affected. */
async function boughtFrom(client: Client, supplier: string, skus: readonly string[]): Promise<void> {
  const body = { name: 'Acme', currency: 'EUR', timeZone: TIME_ZONE, leadDays: 3 };
  await client.must('putSupplier', { params: { supplier }, body });
  for (const sku of skus) {
    await client.must('putSupplierProduct', { params: { supplier, sku }, body: { unitPrice: 5 } });
  }
  const lines = skus.map((sku) => ({ sku, warehouse: 'NORTH', quantity: 5, expectedOn: '2031-05-01' }));
  for (const number of ['PO-1', 'PO-2']) {
    await client.must('putPurchaseOrder', { params: { purchaseOrder: number }, body: { supplier, lines } });
    await client.must('sendPurchaseOrder', { params: { purchaseOrder: number } });
  }
  const moved = { reason: 'ship is late', lines: [{ line: 1, expectedOn: '2031-06-01' }] };
  await client.must('quoteExpectedDates', { params: { purchaseOrder: 'PO-1' }, body: moved });
}

/** A small shop in which every operation finds something to act on; what its requests may name. */
export async function shopToAbuse(client: Client): Promise<KnownValues> {
  const warehouses = ['NORTH', 'SOUTH'];
  for (const warehouse of warehouses) {
    const body = { name: warehouse, kind: 'own', timeZone: TIME_ZONE } as const;
    await client.must('putWarehouse', { params: { warehouse }, body });
  }
  const channel = { name: 'Shop', currency: 'EUR', timeZone: TIME_ZONE, warehouses };
  await client.must('putSalesChannel', { params: { channel: 'SHOP' }, body: channel });
  const skus = ['LAMP', 'CHAIR', 'TABLE'];
  for (const sku of skus) {
    const policy = { backorder: { allowed: true } };
    await client.must('putProduct', { params: { sku }, body: { name: sku, policy } });
  }
  const lines = skus.map((sku) => ({ sku, units: 20 }));
  await client.must('receiveStock', { body: { reference: 'opening', warehouse: 'NORTH', lines } });
  const orderIds: number[] = [];
  for (let number = 1; number <= 12; number++) {
    const items = skus.map((sku) => ({ sku, quantity: 3 }));
    const placed = await client.must('placeOrder', {
      body: { channel: 'SHOP', number: `order-${number}`, items },
    });
    orderIds.push(placed.id);
  }
  const [held = 1, shipped = 1] = orderIds;
  await client.must('holdOrder', { params: { orderId: held }, body: { reason: 'payment' } });
  const shipment = { reference: 'S-1', warehouse: 'NORTH', items: [{ line: 1, units: 1 }] };
  await client.must('shipItems', { params: { orderId: shipped }, body: shipment });
  await boughtFrom(client, 'ACME', skus);
  const rules = [{ code: 'near', name: 'Near', strategies: [{ kind: 'nearest' as const }] }];
  for (const note of ['first', 'second']) await client.must('createRuleSet', { body: { note, rules } });
  return {
    channel: ['SHOP'],
    sku: skus,
    warehouse: warehouses,
    from: ['NORTH'],
    to: ['SOUTH'],
    orderId: orderIds,
    line: [1, 2, 3],
    number: ['order-1', 'order-new'],
    supplier: ['ACME'],
    purchaseOrder: ['PO-1', 'PO-2'],
    version: [1, 2],
    timeZone: [TIME_ZONE],
    currency: ['EUR'],
    country: ['NL'],
    at: ['2031-01-01', '2031-01-01T09:00'],
    cursor: ['abc', 'MTI'],
  };
}
