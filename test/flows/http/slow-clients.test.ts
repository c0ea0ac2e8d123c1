/**
 * Clients that read slowly, not at all, or send too much: nothing grows for them, they see an answer, and they keep nobody
 * else waiting, nor the server from stopping.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { ChangeFeed } from '../../../src/http/changes.ts';
import { NobodyListensError, ToldLines } from '../../../src/http/told-lines.ts';
import { startNode } from '../../../src/node.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';

const server = useTestServer();

function open(address: string): Socket {
  const { hostname, port } = new URL(address);
  return connect(Number(port), hostname).on('error', () => undefined);
}

/** Sends all of it before anything is read, as most clients do; then what came. */
async function sendAndRead(head: readonly string[], body: Buffer): Promise<string> {
  const socket = open(server().address);
  socket.pause();
  socket.write(`${head.join('\r\n')}\r\nHost: localhost\r\n\r\n`);
  await new Promise((resolve) => socket.write(body, resolve));
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part)).resume();
  const text = () => Buffer.concat(parts).toString();
  await eventually('an answer, or the end', async () =>
    text().includes('\r\n\r\n{') || socket.destroyed ? true : undefined,
  );
  socket.destroy();
  return text();
}

describe('a body beyond the limit', () => {
  it('is answered so that the client sees it, and what comes after it is not', async () => {
    const size = 6 * 1_048_576;
    const head = ['POST /v1/orders HTTP/1.1', 'Content-Type: application/json', `Content-Length: ${size}`];
    const answer = await sendAndRead(head, Buffer.alloc(size, 32));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"payload_too_large"');
    expect(answer).not.toContain('connection: close');
  });

  it('of an import is refused by its length, before any of it is kept', async () => {
    const head = ['POST /v1/imports/orders HTTP/1.1', 'Content-Type: text/csv', 'Content-Length: 999999999'];
    expect(await sendAndRead(head, Buffer.alloc(65_536, 32))).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('an answer that nobody takes', () => {
  it('keeps no more than a connection holds, and goes on when it is taken', async () => {
    const told = new ToldLines();
    const line = { kind: 'rejected', line: 1, cells: ['x'.repeat(1_000)], column: '', problem: '' } as const;
    let said = 0;
    const all = (async () => {
      for (; said < 10_000; said++) await told.say(line);
    })();
    for (let turns = 0; turns < 1_000; turns++) await turnOfLoop();
    expect(said).toBeLessThan(200);
    expect(told.stream.readableLength + told.stream.writableLength).toBeLessThan(200_000);
    told.stream.resume();
    await all;
    expect(said).toBe(10_000);
  });

  it('ends what is done for it when the client has gone', async () => {
    const told = new ToldLines();
    const saying = (async () => {
      for (;;) await told.say({ kind: 'failed', problem: 'x'.repeat(1_000) });
    })();
    told.stream.destroy();
    await expect(saying).rejects.toThrow(NobodyListensError);
  });

  it('does not keep the server from stopping', async () => {
    const client = new pg.Client({ connectionString: server().databaseUrl });
    await client.connect();
    // a file larger than a connection holds
    await client.query(`
      with made as (
        insert into products (sku, name) select 'LONG-' || i, repeat('x', 200) from generate_series(1, 60000) i
        returning id)
      insert into product_positions (product_id) select id from made`);
    await client.end();
    const node = await startNode({ databaseUrl: server().databaseUrl, fillWorker: false });
    const socket = open(node.address);
    socket.write('GET /v1/products?format=csv HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    await node.stop();
    socket.destroy();
  });
});

describe('the stream of changes', () => {
  it('looks once for all viewers, also when they come and go while a look takes long', async () => {
    let looks = 0;
    let underWay = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const feed = new ChangeFeed(async () => {
      looks += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise<void>((resolve) => ends.push(resolve));
      underWay -= 1;
      return '1:1:';
    });
    for (let index = 0; index < 25; index++) {
      const viewer = new PassThrough();
      feed.add(viewer, undefined);
      await turnOfLoop();
      viewer.destroy();
      await once(viewer, 'close');
    }
    feed.add(new PassThrough(), undefined);
    await turnOfLoop();
    expect({ looks, most }).toEqual({ looks: 1, most: 1 });
    ends.shift()?.();
    await eventually('the next look', async () => (looks === 2 ? true : undefined));
    expect(underWay).toBe(1);
    feed.stop();
    ends.shift()?.();
  });

  it('answers HEAD', async () => {
    const answer = await fetch(`${server().address}/v1/changes`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
  });
});

describe('a file with a line that has no end', () => {
  async function upload(csv: string): Promise<string[]> {
    const response = await fetch(`${server().address}/v1/imports/products`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    });
    expect(response.status).toBe(200);
    return (await response.text()).trimEnd().split('\n');
  }

  it.each([
    ['of commas', ','.repeat(4_000_000)],
    ['in a quote that is never closed', `"${'a'.repeat(4_000_000)}`],
  ])('is read up to that line, and the line is named (%s)', async (_, endless) => {
    const lines = await upload(`sku,name\nENDLESS-1,n\n${endless}\nENDLESS-2,n\n`);
    const rejected = lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'rejected');
    expect(rejected).toMatchObject([{ line: 3, problem: expect.stringMatching(/longer than|never closed/) }]);
    expect(rejected[0].cells.length).toBeLessThan(1_000);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'done', imported: 1, rejected: 1 });
  });

  it('is refused when it names the columns', async () => {
    const lines = await upload(`sku,name${',x'.repeat(2_000_000)}\n`);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('line 1'),
    });
  });
});
