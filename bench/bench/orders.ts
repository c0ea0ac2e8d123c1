/** Orders over HTTP: starts the load generator as its own process and looks at the server's memory meanwhile. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { familySeconds, processorSeconds } from '../support/cpu-time.ts';
import type { ServerProcess } from '../support/server-process.ts';
import type { GeneratorJob, GeneratorResult } from './generator.ts';
import { CHANNEL } from './shop.ts';

const GENERATOR = fileURLToPath(new URL('./generator.ts', import.meta.url));
const LOOK_EVERY_MS = 250;
/** Beyond the seconds of the run, for starting the generator and a slow last answer. */
const GRACE_MS = 60_000;

export interface OrderLoad {
  readonly connections: number;
  readonly seconds: number;
  readonly products: number;
  readonly hot: string | null;
  readonly run: string;
  /** Process id of PostgreSQL. */
  readonly database: number;
}

export interface OrderFigures extends GeneratorResult {
  readonly rate: number;
  /** Processor time per accepted order, in microseconds. */
  readonly serverMicros: number;
  readonly databaseMicros: number;
  /** Largest resident memory seen, in bytes. */
  readonly memory: number;
}

export async function placeOrders(server: ServerProcess, load: OrderLoad): Promise<OrderFigures> {
  const port = Number(new URL(server.address).port);
  const job: GeneratorJob = { ...load, port, channel: CHANNEL, seed: load.connections };
  let memory = 0;
  const before = { server: await processorSeconds(server.pid), database: await familySeconds(load.database) };
  const look = setInterval(() => {
    void server.memory().then(
      (bytes) => {
        memory = Math.max(memory, bytes);
      },
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', GENERATOR, JSON.stringify(job)],
      { timeout: load.seconds * 1000 + GRACE_MS },
    );
    const result = JSON.parse(stdout) as GeneratorResult;
    const perOrder = (seconds: number) => (seconds * 1e6) / result.accepted;
    return {
      ...result,
      rate: result.accepted / result.seconds,
      serverMicros: perOrder((await processorSeconds(server.pid)) - before.server),
      databaseMicros: perOrder((await familySeconds(load.database)) - before.database),
      memory,
    };
  } finally {
    clearInterval(look);
  }
}
