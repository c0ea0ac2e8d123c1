/**
 * The home page when a product cannot be worked on: it says which, since when, what that means and what to do, in all
 * languages; and nothing any more when the product is back.
 */
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations, overflow } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { inBothLooks, openPage } from './open-page.ts';

let server: TestServer;
let browser: Browser;
let shop: Shop;
let database: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
  shop = await openShop(server, { policy: BACKORDER });
  await shop.place(1);
  database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  // as a fill that has failed three times leaves it, with a pause that outlasts the test
  await database.query(`with broken as (
      insert into products_set_aside (product_id, work, attempts, since, next_attempt_at, error)
      select id, 'fill', 3, now() - interval '2 hours', now() + interval '1 hour', 'XX000 error: broken on purpose'
      from products returning product_id)
    update product_positions p set fill_due_at = now() from broken where broken.product_id = p.product_id`);
});
afterAll(async () => {
  await database?.end();
  await browser?.close();
  await server?.stop();
});

it('names it, since when and what to do, and ends with it', async () => {
  const { page, errors } = await openPage(browser, `${server.address}/`);
  const notice = page.getByRole('alert');
  await notice.getByRole('link', { name: shop.name('P') }).waitFor();
  expect(await notice.textContent()).toMatch(/new orders for it are refused. It began 2 hours ago/);
  await notice.getByText('tried 3 times').click();
  await notice.getByText('broken on purpose').waitFor();
  await inBothLooks(page, async () => {
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
  await database.query('update products_set_aside set next_attempt_at = now()');
  await notice.waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
  await page.close();
});
