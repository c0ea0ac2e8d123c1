/**
 * What answers in more than one piece: the stream that tells pages of changes (nothing skipped, also by another node), any
 * list as CSV, and a file that is imported while its bad rows are told.
 */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { ImportLine } from '../../../src/contract/imports.ts';
import { startNode } from '../../../src/node.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

const server = useTestServer();

interface Event {
  readonly id: string;
  readonly event: string;
}

/** Opens the stream; `next` gives one event after the other. */
async function watch(address: string, headers: Record<string, string> = {}) {
  const leave = new AbortController();
  const response = await fetch(`${address}/v1/changes`, { headers, signal: leave.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<Event> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const fields = new Map(block.split('\n').map((line) => line.split(': ', 2) as [string, string]));
        const event = fields.get('event');
        if (event !== undefined) return { event, id: fields.get('id') ?? '' };
        continue;
      }
      const read = await reader?.read();
      if (read === undefined || read.done) throw new Error('the stream ended');
      text += read.value;
    }
  }
  return { next, leave: () => leave.abort() };
}

describe('changes', () => {
  it('tells what changed since, here and by another node, and nothing that was told already', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const other = await startNode({ databaseUrl: server().databaseUrl, fillWorker: false });
    const page = await watch(server().address);
    const first = await page.next();
    expect(first.event).toBe('change');
    await shop.place(1);
    let seen = await page.next();
    expect(seen.id).not.toBe(first.id);
    page.leave();

    const late = await watch(other.address, { 'last-event-id': first.id });
    seen = await late.next();
    expect(seen.id).not.toBe(first.id);
    late.leave();

    const current = await watch(other.address, { 'last-event-id': seen.id });
    await shop.place(1);
    expect((await current.next()).id).not.toBe(seen.id);
    await other.stop();
    await expect(current.next()).rejects.toThrow();
  });
});

describe('lists as CSV', () => {
  it('streams all pages of what a filter lets through, formulas marked', async () => {
    const shop = await openShop(server());
    const many = 205;
    const prefix = shop.name('CSV');
    for (let number = 0; number < many; number++) {
      const sku = `${prefix}-${String(number).padStart(3, '0')}`;
      await server().client.must('putProduct', { params: { sku }, body: { name: `=${number}+1` } });
    }
    const response = await fetch(`${server().address}/v1/products?search=${prefix}&format=csv`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="products.csv"');
    const rows: Record<string, string>[] = parse(await response.text(), { columns: true });
    expect(rows.map(({ sku }) => sku)).toEqual(
      Array.from({ length: many }, (_, number) => `${prefix}-${String(number).padStart(3, '0')}`),
    );
    expect(rows[7]).toMatchObject({ name: "'=7+1", onHand: '0', backordered: '0' });
  });

  it('names members of members, and refuses what it would refuse otherwise', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.place(3);
    const address = `${server().address}/v1/order-items?format=csv`;
    const text = await (await fetch(`${address}&sku=${shop.name('P')}`)).text();
    const [row]: Record<string, string>[] = parse(text, { columns: true });
    expect(row).toMatchObject({ sku: shop.name('P'), 'quantities.backordered': '3', status: 'backordered' });
    expect((await fetch(`${address}&status=lost`)).status).toBe(400);
    expect((await fetch(`${server().address}/v1/products?format=xml`)).status).toBe(400);
    expect((await fetch(`${server().address}/v1/orders/1?format=csv`)).status).toBe(400);
  });
});

async function upload(kind: string, csv: string, type = 'text/csv') {
  const response = await fetch(`${server().address}/v1/imports/${kind}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: csv,
  });
  const text = await response.text();
  if (!response.ok) return { status: response.status, lines: [], text };
  const lines = text.trimEnd().split('\n');
  return { status: response.status, lines: lines.map((line) => JSON.parse(line) as ImportLine), text };
}

describe('imports', () => {
  it('keeps the good rows and tells the bad ones, once however often the file comes', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: {} } });
    const [p, q, channel] = [shop.name('P'), shop.name('Q'), shop.name('G')];
    const csv = `channel,number,sku,quantity\n${channel},A-1,${p},3\n${channel},A-2,${q},1\n${channel},A-3,${p},x\n`;
    const { lines } = await upload('orders', csv);
    expect(lines.filter(({ kind }) => kind === 'rejected')).toMatchObject([
      { line: 4, column: 'quantity', problem: "'x' is not a whole number" },
      { line: 3, column: 'quantity', cells: [channel, 'A-2', q, '1'] },
    ]);
    expect(lines.at(-1)).toEqual({ kind: 'done', imported: 1, repeated: 0, rejected: 2 });
    const again = await upload('orders', csv);
    expect(again.lines.at(-1)).toEqual({ kind: 'done', imported: 0, repeated: 1, rejected: 2 });
    const { rows } = await server().client.must('listOrders', { query: { channel } });
    expect(rows.map(({ number }) => number)).toEqual(['A-1']);
  });

  it('says what is wrong with a file that is none of the kind', async () => {
    const { lines } = await upload('orders', 'sku,colour\nA,red\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ kind: 'failed' });
    expect(lines[0]).toHaveProperty('problem', expect.stringContaining("unknown: 'colour'"));
    expect((await upload('dreams', 'a\n1\n')).status).toBe(400);
    expect((await upload('orders', '{}', 'application/json')).status).toBe(415);
    expect((await upload('inventory?channel=web', 'a\n1\n')).text).toContain('stock belongs to warehouses');
  });
});
