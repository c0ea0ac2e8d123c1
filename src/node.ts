/**
 * One Allot node: the API and the fill worker on one database. Any number of nodes may share a database; nothing a
 * node keeps in memory is needed by another.
 */
import { type Logger, pino } from 'pino';
import { createApp } from './app/app.ts';
import { fillDueProducts } from './app/fill-waiting.ts';
import { passTime } from './app/judge-dates.ts';
import { OrderBatcher } from './app/order-batcher.ts';
import { placeOrders } from './app/place-orders.ts';
import { publishDuePromises } from './app/publish-promises.ts';
import { openDatabase } from './db/database.ts';
import { forgetOldAnswers } from './db/idempotency.ts';
import { migrateDatabase } from './db/migrate.ts';
import { createServer } from './http/server.ts';
import { FillWorker } from './jobs/fill-worker.ts';
import { PromiseWorker } from './jobs/promise-worker.ts';

export interface NodeOptions {
  readonly databaseUrl: string;
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

export async function startNode(options: NodeOptions): Promise<Node> {
  const logger = options.logger ?? pino({ level: 'warn' });
  const db = openDatabase({ url: options.databaseUrl });
  try {
    await migrateDatabase(db);
    const app = createApp(db, () => worker.ring());
    const worker = new FillWorker(() => fillDueProducts(app), logger);
    const promises = new PromiseWorker((resting) => publishDuePromises(app, resting), logger);
    const batcher = new OrderBatcher((requests) => placeOrders(app, requests));
    const server = createServer({ app, batcher }, logger);
    const address = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
    if (options.fillWorker !== false) {
      worker.start();
      promises.start();
    }
    const sweep = setInterval(() => {
      void forgetOldAnswers(db).catch(() => undefined);
      void passTime(app).catch((error: unknown) => logger.error({ err: error }, 'looking at days failed'));
    }, SWEEP_EVERY_MS);
    return {
      address,
      async stop() {
        clearInterval(sweep);
        await server.close();
        await worker.stop();
        await promises.stop();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
