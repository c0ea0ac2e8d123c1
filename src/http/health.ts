/**
 * Health, readiness and metrics. Ready means that orders can be placed: the database answers, can be connected to, and takes
 * changes. Metrics are Prometheus text.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ReportDesk } from '../app/reports/report-desk.ts';
import { OUTSTANDING } from '../contract/outstanding.ts';
import { type Database, whyNotReady } from '../db/database.ts';
import { countOutstandingFills, countOutstandingPromises } from '../reads/health.ts';
import { countSetAside, listSetAside } from '../reads/set-aside.ts';
import { problem } from './problem.ts';
import { sendProblem } from './routes.ts';

/** Products set aside that readiness names. */
const MAX_NAMED = 20;
/** Readiness waits for their names no longer than this, in milliseconds: all connections may be in use. */
const NAMES_WAIT_MS = 1_000;

export function addHealth(
  server: FastifyInstance,
  { db, reports }: { readonly db: Database; readonly reports: Pick<ReportDesk, 'readsFromStore'> },
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: OUTSTANDING.fills,
    help: 'Products with free stock owed to waiting items, those set aside apart; 0 is at rest',
    registers: [registry],
    async collect() {
      this.set(await countOutstandingFills(db));
    },
  });
  new Gauge({
    name: OUTSTANDING.promises,
    help: 'Products of which customers may have to be told something new; 0 is at rest',
    registers: [registry],
    async collect() {
      this.set(await countOutstandingPromises(db));
    },
  });
  new Gauge({
    name: 'allot_products_set_aside',
    help: 'Products whose fill, or whose telling of promises, fails and is tried again alone; 0 is well',
    labelNames: ['work'],
    registers: [registry],
    async collect() {
      const counts = await countSetAside(db);
      this.set({ work: 'fill' }, counts.fill);
      this.set({ work: 'promise' }, counts.promise);
    },
  });
  new Gauge({
    name: 'allot_report_store_ready',
    help: '1: reports are read from the report store; 0: from the database, since it is not there, or behind',
    registers: [registry],
    collect() {
      this.set(reports.readsFromStore ? 1 : 0);
    },
  });
  const seconds = new Histogram({
    name: 'allot_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_, reply) => {
    const why = await whyNotReady(db);
    if (why !== undefined) return await sendProblem(reply, problem('database_unavailable', why));
    const setAside = await namedSoon(db);
    return { status: 'ready', ...(setAside.length > 0 && { setAside }) };
  });
  server.get('/metrics', async (_, reply) => {
    return await reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

/** Products set aside; none when the database is too busy to say so soon. */
async function namedSoon(db: Database): ReturnType<typeof listSetAside> {
  const named = listSetAside(db, MAX_NAMED).catch(() => []);
  return await Promise.race([named, pause(NAMES_WAIT_MS, [], { ref: false })]);
}
