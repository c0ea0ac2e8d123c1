/**
 * Proof by crashes: a server on its own embedded database, clients who write down every acknowledgement, and kill -9 at
 * random moments, of the server, of the database under it, or of both; half of them right after a receipt was
 * acknowledged, when fills are owed. A server that was killed is started again; one whose database was killed must get
 * over it by itself, within seconds. Each time waiting items must be served before any traffic, and everything
 * acknowledged must be there.
 *
 *   npm run proof:crash -- [--kills 100] [--seed S]
 *
 * The last line is the figure; it exits 1 when something was lost or a law is broken.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '../../src/contract/client.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.ts';
import { type Acknowledged, type AcknowledgementLog, lost, openLog } from '../support/acknowledged.ts';
import { settled } from '../support/arena.ts';
import { within } from '../support/bounded.ts';
import { brokenLaws } from '../support/broken-laws.ts';
import { postmasterOf } from '../support/cpu-time.ts';
import {
  type CrashTraffic,
  createTraffic,
  prepareShop,
  waitingBesideStock,
} from '../support/crash-traffic.ts';
import { removeFolder, temporaryFolder } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const options = numberOptions({ kills: 100, seed: freshSeed() });
const random = seededRandom(options.seed);

const VERIFY_EVERY = 25;
/** A server whose database died has it back by itself. Beyond the first it is a violation, beyond the second it hangs. */
const HEALS_WITHIN_MS = 5_000;
const HANGS_AFTER_MS = 60_000;
const FILLED_WITHIN_MS = 10_000;
/** Of what was acknowledged before the last kill, so many are looked at again each time; all of it at the end. */
const SAMPLE = 200;

const KINDS = ['server', 'database', 'both'] as const;
type Kind = (typeof KINDS)[number];

interface Field {
  readonly dataDir: string;
  readonly log: AcknowledgementLog;
  readonly traffic: CrashTraffic;
  readonly violations: string[];
  readonly killed: Record<Kind, number>;
  lost: number;
  /** Until a killed server was started again, and until a server had its killed database back. */
  readonly slowestMs: { started: number; healed: number };
}

async function killDatabase(dataDir: string): Promise<void> {
  process.kill(await postmasterOf(dataDir), 'SIGKILL');
}

/** Lets the traffic run for a while and kills; half of the time right after a receipt was acknowledged. */
async function strike(field: Field, server: ServerProcess, kind: Kind): Promise<void> {
  let receipts = 0;
  field.traffic.start(server.address, () => {
    receipts += 1;
  });
  await pause(random.between(100, 1200));
  if (random.chance(0.5)) {
    const seen = receipts;
    await within(5_000, 'a receipt is acknowledged', async () => (receipts > seen ? true : undefined));
  }
  if (kind !== 'server') await killDatabase(field.dataDir);
  if (kind !== 'database') await server.kill();
  field.killed[kind] += 1;
}

/** The server that is there after a kill: started again when it was killed, else the same one with its database back. */
async function comeBack(field: Field, server: ServerProcess, kind: Kind): Promise<ServerProcess> {
  if (kind !== 'database') {
    const next = await startServer({ store: { dataDir: field.dataDir } });
    field.slowestMs.started = Math.max(field.slowestMs.started, next.readyMs);
    return next;
  }
  const begun = performance.now();
  await within(HANGS_AFTER_MS, 'the server has its database back', async () => {
    if (!server.runs()) throw new Error(`the server ended with its database:\n${server.output()}`);
    return (await isReady(server.address)) ? true : undefined;
  });
  const took = performance.now() - begun;
  field.slowestMs.healed = Math.max(field.slowestMs.healed, took);
  if (took > HEALS_WITHIN_MS)
    field.violations.push(`the server had its database back after ${Math.round(took)} ms only`);
  return server;
}

async function isReady(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function sample(entries: readonly Acknowledged[], from: number): Acknowledged[] {
  const older = entries.slice(0, from);
  const some = older.length <= SAMPLE ? older : Array.from({ length: SAMPLE }, () => random.pick(older));
  return [...some, ...entries.slice(from)];
}

async function judge(field: Field, server: ServerProcess, from: number): Promise<void> {
  const client = createClient(server.address);
  await settled(server.address, FILLED_WITHIN_MS);
  field.violations.push(...(await waitingBesideStock(client)));
  await field.traffic.sendAgain(server.address);
  const missing = await lost(client, sample(field.log.entries, from));
  field.lost += missing.length;
  field.violations.push(...missing);
}

/** Stops the server and checks the laws on its folder. */
async function verifyFolder(field: Field, server: ServerProcess): Promise<void> {
  await settled(server.address);
  await server.stop();
  const postgres = await startEmbeddedPostgres({ dataDir: field.dataDir });
  try {
    for (const broken of await brokenLaws(postgres.url)) field.violations.push(broken);
  } finally {
    await postgres.stop();
  }
}

async function fight(field: Field): Promise<void> {
  let server = await startServer({ store: { dataDir: field.dataDir } });
  try {
    await prepareShop(createClient(server.address));
    for (let kill = 1; kill <= options.kills; kill++) {
      const from = field.log.entries.length;
      const kind = random.pick(KINDS);
      await strike(field, server, kind);
      await field.traffic.pause();
      server = await comeBack(field, server, kind);
      await judge(field, server, from);
      if (kill % VERIFY_EVERY === 0 && kill < options.kills) {
        await verifyFolder(field, server);
        server = await startServer({ store: { dataDir: field.dataDir } });
        say(
          `  ${kill} kills, ${field.log.entries.length} acknowledged, ${field.violations.length} violations`,
        );
      }
    }
    const missing = await lost(createClient(server.address), field.log.entries);
    field.lost += missing.length;
    field.violations.push(...missing);
    await verifyFolder(field, server);
  } finally {
    await server.kill();
    await killDatabase(field.dataDir).catch(() => undefined);
  }
}

function report({ log, killed, violations, traffic, lost: missing, slowestMs }: Field): void {
  for (const violation of [...violations, ...traffic.violations].slice(0, 50))
    say(`  ${violation.slice(0, 1000)}`);
  const kinds = KINDS.map((kind) => `${killed[kind]} of ${kind}`).join(', ');
  say(`  ${kinds}; ${log.entries.length} acknowledged`);
  const broken = violations.length + traffic.violations.length;
  if (broken > 0) say(`  ${broken} violations`);
  say(
    `crash: ${options.kills} kills, ${missing} acknowledged lost, started again <= ${seconds(slowestMs.started)} s,` +
      ` healed by itself <= ${seconds(slowestMs.healed)} s`,
  );
  process.exitCode = broken === 0 ? 0 : 1;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

async function main(): Promise<void> {
  say(`crash: ${options.kills} kills, seed ${options.seed}`);
  const folder = await temporaryFolder('crash');
  const log = openLog(join(folder, 'acknowledged.ndjson'));
  const killed = { server: 0, database: 0, both: 0 };
  const field: Field = {
    dataDir: join(folder, 'data'),
    log,
    traffic: createTraffic(random, log),
    violations: [],
    killed,
    lost: 0,
    slowestMs: { started: 0, healed: 0 },
  };
  try {
    await fight(field);
    report(field);
  } finally {
    log.close();
    await removeFolder(folder);
  }
}

await main();
