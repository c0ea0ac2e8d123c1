/**
 * One Allot node: the API and the fill worker on one database. Any number of nodes may share a database; nothing a
 * node keeps in memory is needed by another.
 */
import type { Logger } from 'pino';
import { type App, appOver, createApp } from './app/frame/app.ts';
import { fillDueProducts } from './app/frame/fill-apart.ts';
import { OrderBatcher } from './app/placing/order-batcher.ts';
import { placeOrders } from './app/placing/place-orders.ts';
import { productLocks } from './app/placing/product-locks.ts';
import { publishDuePromises } from './app/promises/publish-promises.ts';
import { learnDemandDaily } from './app/purchasing/learn-demand.ts';
import { learnFromNewReceipts, passTime } from './app/purchasing/learn-from-receipts.ts';
import { scoreRisksDaily } from './app/reports/at-risk.ts';
import { foldFacts } from './app/reports/fold-facts.ts';
import { ReportDesk } from './app/reports/report-desk.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/schema/migrate.ts';
import { createServer } from './http/server.ts';
import { ACTS_AT_ONCE, ALL_READS_AT_ONCE, createTurns } from './http/turns-of.ts';
import { AnswerSweeper } from './jobs/answer-sweeper.ts';
import { FillWorker } from './jobs/fill-worker.ts';
import { PromiseWorker } from './jobs/promise-worker.ts';
import { ReportMailer } from './jobs/report-mailer.ts';
import { createLogger } from './platform/log.ts';
import { type MailConfig, mailerFor } from './platform/mail.ts';
import { RemoteReportStore } from './report-store/remote-store.ts';

export interface NodeOptions {
  readonly databaseUrl: string;
  /** Where reports read, such as a replica; the same database when absent. */
  readonly reportsDatabaseUrl?: string;
  /** How reports are mailed; none are when absent. */
  readonly mail?: MailConfig;
  /** A folder for a report store, kept while there are so many order items; none is when absent. */
  readonly reportStore?: { readonly folder: string; readonly fromItems: number };
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly logger?: Logger;
  /** false: this node leaves fills to other nodes. */
  readonly fillWorker?: boolean;
}

export interface Node {
  /** http://127.0.0.1:4400 */
  readonly address: string;
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 3_600_000;
/** Readers add what is not counted yet: this only keeps that little. */
const FOLD_EVERY_MS = 1_000;
const LEARN_EVERY_MS = 300_000;
/** Beside acts that take turns: fills, promises, regular work, and what looks up a product meanwhile. */
const WORK_CONNECTIONS = 6;
/** Beside reads that take turns: what looks up a product within a read. */
const SPARE_CONNECTIONS = 2;
/** Two batches of orders, two looks at locks of products, and one to look up what is new to the node. */
const ORDER_CONNECTIONS = 5;
/** Longest that a batch of orders waits for a lock: then it goes on without those whose product is held. */
const ORDER_LOCK_TIMEOUT_MS = 1_000;
/** Two reports that run, and one to cancel them. */
const REPORT_CONNECTIONS = 3;

/** Does something again and again; what fails is logged and tried the next time. */
function every(milliseconds: number, act: () => Promise<void>, logger: Logger): NodeJS.Timeout {
  return setInterval(() => {
    act().catch((error: unknown) => logger.error({ err: error }, 'regular work failed; it is tried again'));
  }, milliseconds);
}

function openStore(
  options: NodeOptions,
  { folder, fromItems }: NonNullable<NodeOptions['reportStore']>,
  logger: Logger,
): RemoteReportStore {
  const databaseUrl = options.reportsDatabaseUrl ?? options.databaseUrl;
  return new RemoteReportStore({ folder, fromItems, databaseUrl }, logger);
}

function logSetAside(logger: Logger): App['reportSetAside'] {
  return ({ error, ...what }) =>
    logger.error({ err: error, ...what }, 'products set aside; each is tried again alone');
}

export async function startNode(options: NodeOptions): Promise<Node> {
  const logger = options.logger ?? createLogger('warn');
  const db = openDatabase({ url: options.databaseUrl, connections: ACTS_AT_ONCE + WORK_CONNECTIONS });
  const readersDb = openDatabase({
    url: options.databaseUrl,
    beside: db,
    connections: ALL_READS_AT_ONCE + SPARE_CONNECTIONS,
  });
  const ordersDb = openDatabase({
    url: options.databaseUrl,
    beside: db,
    connections: ORDER_CONNECTIONS,
    lockTimeoutMs: ORDER_LOCK_TIMEOUT_MS,
  });
  const reportsDb = openDatabase({
    url: options.reportsDatabaseUrl ?? options.databaseUrl,
    connections: REPORT_CONNECTIONS,
    prepares: false,
  });
  const closeAll = async () => {
    for (const each of [ordersDb, readersDb, reportsDb, db]) await each.destroy();
  };
  try {
    await migrate(options.databaseUrl, { log: (line) => logger.warn(line) });
    const app = createApp(db, () => worker.ring(), logSetAside(logger));
    const worker = new FillWorker(() => fillDueProducts(app), logger);
    const promises = new PromiseWorker((resting) => publishDuePromises(app, resting), logger);
    const orders = appOver(app, ordersDb);
    const batcher = new OrderBatcher((requests) => placeOrders(orders, requests), productLocks(orders));
    const sweeper = new AnswerSweeper(db);
    const store = options.reportStore && openStore(options, options.reportStore, logger);
    const reports = new ReportDesk(reportsDb, { ...(store && { store }) });
    const mail =
      options.mail && new ReportMailer({ db, desk: reports, mailer: mailerFor(options.mail), logger });
    const context = { app, reader: appOver(app, readersDb), turns: createTurns(), batcher, reports };
    const server = createServer({ ...context, ringForMail: mail && (() => mail.ring()) }, logger);
    const address = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
    if (options.fillWorker !== false) {
      worker.start();
      promises.start();
    }
    mail?.start();
    store?.start();
    const timers = [
      every(FOLD_EVERY_MS, () => foldFacts(app), logger),
      every(SWEEP_EVERY_MS, () => sweeper.sweep(), logger),
      every(SWEEP_EVERY_MS, () => passTime(app), logger),
      every(SWEEP_EVERY_MS, () => learnDemandDaily(app), logger),
      every(LEARN_EVERY_MS, () => learnFromNewReceipts(app), logger),
      every(SWEEP_EVERY_MS, () => scoreRisksDaily(app), logger),
    ];
    return {
      address,
      async stop() {
        for (const timer of timers) clearInterval(timer);
        await server.close();
        await mail?.stop();
        await store?.stop();
        await worker.stop();
        await promises.stop();
        await sweeper.stop();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
