/**
 * The load generator, a process of its own: so many keep-alive connections, each with one order under way at a time,
 * for so many seconds. It shares two cores with the server and the database, so it writes HTTP/1.1 to plain sockets and
 * reads no more of an answer than it must: 14 microseconds of processor time an order, its body included.
 *
 *   node --import tsx bench/bench/generator.ts '<GeneratorJob as JSON>'      prints GeneratorResult as JSON
 */
import { connect, type Socket } from 'node:net';
import { seededRandom } from '../support/seeded-random.ts';

export interface GeneratorJob {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Products for sale: SKU-1 … */
  readonly products: number;
  /** Each order has this product as its first item. */
  readonly hot: string | null;
  readonly channel: string;
  /** Makes the order numbers of this run its own. */
  readonly run: string;
  readonly seed: number;
}

export interface GeneratorResult {
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  /** Milliseconds to answer. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Processor time of the generator itself, in seconds. */
  readonly cpuSeconds: number;
}

const job = JSON.parse(process.argv[2] ?? '{}') as GeneratorJob;
const random = seededRandom(job.seed);
const times: number[] = [];
let accepted = 0;
let refused = 0;
let last = 0;

function nextOrder(): string {
  last += 1;
  const sku = () => `SKU-${random.between(1, job.products)}`;
  const items = [job.hot ?? sku(), sku(), sku()].map(
    (each) => `{"sku":"${each}","quantity":1,"unitPrice":1999}`,
  );
  const customer = `customer-${random.between(1, 100_000)}`;
  return `{"channel":"${job.channel}","number":"${job.run}-${last}","customer":"${customer}","items":[${items.join(',')}]}`;
}

function sendOrder(socket: Socket): void {
  const body = nextOrder();
  socket.write(
    `POST /v1/orders HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\n\r\n${body}`,
  );
}

const LENGTH = /\r\ncontent-length: (\d+)/i;

/** How many bytes the answer that begins `text` has in all; undefined while its head is not complete. */
function answerLength(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  const length = LENGTH.exec(text)?.[1];
  return head < 0 || length === undefined ? undefined : head + 4 + Number(length);
}

/** One connection: order, answer, next order, until the time is over. */
function runConnection(until: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(job.port, '127.0.0.1');
    socket.setNoDelay(true);
    let received = '';
    let sentAt = 0;
    function next(): void {
      sentAt = performance.now();
      if (sentAt < until) sendOrder(socket);
      else socket.end();
    }
    socket.on('connect', next);
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      const length = answerLength(received);
      if (length === undefined || received.length < length) return;
      times.push(performance.now() - sentAt);
      if (received.startsWith('HTTP/1.1 201')) accepted += 1;
      else refused += 1;
      received = '';
      next();
    });
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}

async function main(): Promise<void> {
  const begun = performance.now();
  const until = begun + job.seconds * 1000;
  await Promise.all(Array.from({ length: job.connections }, () => runConnection(until)));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const { user, system } = process.cpuUsage();
  const result: GeneratorResult = {
    accepted,
    refused,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    cpuSeconds: (user + system) / 1e6,
  };
  process.stdout.write(JSON.stringify(result));
}

await main();
