/**
 * A page of another origin in a real Chromium: another port of this machine, which browsers call the same site, and
 * another name for it. Whatever the page tries, nothing changes and nothing is read; a link still leads to the dashboard.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const CHANNEL = { name: 'Shop', currency: 'EUR', timeZone: 'Europe/Amsterdam', warehouses: ['W1'] };

let server: TestServer;
let elsewhere: Server;
let browser: Browser;
let orderId: number;

beforeAll(async () => {
  server = await startTestServer();
  const { client } = server;
  const warehouse = { name: 'W1', kind: 'own', timeZone: 'Europe/Amsterdam' } as const;
  await client.must('putWarehouse', { params: { warehouse: 'W1' }, body: warehouse });
  await client.must('putSalesChannel', { params: { channel: 'shop' }, body: CHANNEL });
  const policy = { backorder: { allowed: true } };
  await client.must('putProduct', { params: { sku: 'LAMP' }, body: { name: 'Lamp', policy } });
  const items = [{ sku: 'LAMP', quantity: 1 }];
  const order = { channel: 'shop', number: '1', hold: 'fraud check', items };
  orderId = (await client.must('placeOrder', { body: order })).id;
  elsewhere = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(pageElsewhere());
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  elsewhere?.close();
  await server?.stop();
});

const FORMS = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'];

function pageElsewhere(): string {
  const lift = `${server.address}/v1/orders/${orderId}/lift`;
  const forms = FORMS.map(
    (type) =>
      `<form method="post" action="${lift}" enctype="${type}" target="frame"><button>${type}</button></form>`,
  );
  const link = `<a href="${server.address}/orders">Orders</a>`;
  return `<h1>Elsewhere</h1>${forms.join('')}${link}<iframe name="frame"></iframe>`;
}

async function openElsewhere(host: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://${host}:${(elsewhere.address() as AddressInfo).port}/`);
  return page;
}

/** How often the server answered so: GET /v1/orders, 403 */
async function timesAnswered(route: string, status: number): Promise<number> {
  const metrics = await (await fetch(`${server.address}/metrics`)).text();
  const count = `allot_request_seconds_count{route="${route}",status="${status}"} `;
  const line = metrics.split('\n').find((each) => each.startsWith(count));
  return line === undefined ? 0 : Number(line.slice(count.length));
}

type Sent = readonly [to: string, method: string, body: string | undefined];

/** Whether the page was let have an answer to what it sent. */
function sendFrom(page: Page, sent: Sent, mode: 'cors' | 'no-cors'): Promise<string> {
  return page.evaluate(
    async ([[to, method, body], how]) => {
      const typed = how === 'cors' && body !== undefined ? { 'content-type': 'application/json' } : {};
      const asked = {
        method,
        mode: how,
        headers: typed,
        ...(body !== undefined && { body: new Blob([body]) }),
      };
      return await fetch(to, asked).then(
        () => 'answered',
        () => 'kept back',
      );
    },
    [sent, mode] as const,
  );
}

describe.each(['127.0.0.1', 'localhost'])('a page of another port of %s', (host) => {
  it('changes nothing', async () => {
    const page = await openElsewhere(host);
    const lift = [`${server.address}/v1/orders/${orderId}/lift`, 'POST', undefined] as const;
    const receipt = '{"reference":"x","warehouse":"W1","lines":[{"sku":"LAMP","units":9}]}';
    const receive = [`${server.address}/v1/receipts`, 'POST', receipt] as const;
    for (const mode of ['cors', 'no-cors'] as const) {
      expect(await sendFrom(page, lift, mode)).toBe('kept back');
      expect(await sendFrom(page, receive, mode)).toBe('kept back');
    }
    for (const type of FORMS) {
      const answered = page.waitForResponse(lift[0]);
      await page.getByRole('button', { name: type }).click();
      expect((await answered).status()).toBe(403);
    }
    expect(await timesAnswered('POST /v1/orders/:orderId/lift', 403)).toBeGreaterThanOrEqual(5);
    expect((await server.client.must('getOrder', { params: { orderId } })).hold).toBe('fraud check');
    const moved = await server.client.must('listMovements', { query: { sku: 'LAMP', warehouse: 'W1' } });
    expect(moved.rows).toEqual([]);
    await page.close();
  });

  it('reads nothing, and nothing is worked out for it', async () => {
    const page = await openElsewhere(host);
    const before = await timesAnswered('GET /v1/rule-sets', 403);
    const read = [`${server.address}/v1/rule-sets`, 'GET', undefined] as const;
    expect(await sendFrom(page, read, 'cors')).toBe('kept back');
    expect(await sendFrom(page, read, 'no-cors')).toBe('kept back');
    expect(await timesAnswered('GET /v1/rule-sets', 403)).toBe(before + 2);
    await page.close();
  });

  it('leads to the dashboard by a link', async () => {
    const page = await openElsewhere(host);
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(new URL(page.url()).origin).toBe(server.address);
    await page.close();
  });
});
