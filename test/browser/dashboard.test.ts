/**
 * The dashboard in a real Chromium on a real server: from a bar to its rows to an order and why it waits, the page that
 * shows by itself what arrives, an act that says what it will do, rules that are tried. Every page passes axe in both
 * themes, on a desk and on a phone, loads nothing its content policy forbids, and does not scroll sideways.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, overflow } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { liveRules } from '../support/shop-rules.ts';
import { inDays } from '../support/shop-supply.ts';

const WIDTHS = { desk: 1440, phone: 390 } as const;

let server: TestServer;
let browser: Browser;
let shop: Shop;
let waiting: number;
let errors: string[];

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
  shop = await openShop(server, { policy: BACKORDER, stock: { W1: 4 } });
  await liveRules(server.client, shop, [{ name: 'Keep one', filters: [{ kind: 'safety_stock', units: 1 }] }]);
  await shop.supply.putSupplier();
  await shop.supply.order([{ quantity: 20, expectedOn: inDays(10) }]);
  await shop.supply.order([{ quantity: 5, expectedOn: inDays(-3) }]);
  await shop.place(2);
  waiting = await shop.place(5);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(path: string, how: { theme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
  const { theme = 'light', width = WIDTHS.desk } = how;
  const page = await browser.newPage({ colorScheme: theme, viewport: { width, height: 900 } });
  errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${server.address}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

describe('stories', () => {
  it('leads from a bar to its rows, to the order, and to why it waits', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: /^Partially allocated/ }).click();
    await page.waitForURL(/status=partially_allocated/);
    const row = page.getByRole('row', { name: /Partially allocated/ });
    await row.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/orders/${waiting}$`));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Order');
    await page.getByRole('button', { name: 'Why line 1 has what it has' }).click();
    const why = page.getByRole('region', { name: 'Why line 1 has what it has' });
    await why.getByText('Rule "Keep one"').first().waitFor();
    expect(await why.textContent()).toContain('keeps 1 as safety stock');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('shows by itself what arrives for an order', async () => {
    const page = await open(`/orders/${waiting}`);
    await page.getByText('1 Allocated, 4 Backordered').first().waitFor({ state: 'attached' });
    await shop.receive(2);
    await page.getByText('3 Allocated, 2 Backordered').first().waitFor({ state: 'attached' });
    await page.getByText('got stock').waitFor();
    await page.close();
  });

  it('says what cancelling will do, keeps the order when told so, and cancels it', async () => {
    const order = await shop.place(3);
    const page = await open(`/orders/${order}`);
    const cancel = page.locator('#content').getByRole('button', { name: 'Cancel what can be cancelled' });
    await cancel.click();
    await page.getByText('3 units are cancelled; 0 of them have stock').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep the order' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await shop.units(order)).toEqual({ ordered: 3, backordered: 3 });
    await cancel.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel what can be cancelled' }).click();
    await page.getByText('3 Cancelled').first().waitFor({ state: 'attached' });
    expect(await shop.units(order)).toEqual({ ordered: 3, cancelled: 3 });
    await page.close();
  });

  it('puts an order on hold and lifts it again', async () => {
    const order = await shop.place(1);
    const page = await open(`/orders/${order}`);
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByText('On hold: From the dashboard').waitFor();
    await page.getByRole('button', { name: 'Lift the hold' }).click();
    await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
    expect(await shop.order(order)).toMatchObject({ hold: null });
    await page.close();
  });

  it('leads from who waits to the queue of a product, by keyboard', async () => {
    const page = await open('/waiting');
    await page.getByRole('row', { name: new RegExp(shop.name('P')) }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('from purchase order').first().waitFor();
    expect(new URL(page.url()).searchParams.get('sku')).toBe(shop.name('P'));
    await page.close();
  });

  it('tries a rule set on the last orders', async () => {
    const page = await open('/rules');
    await page.getByRole('button', { name: 'Try on the last orders' }).click();
    await page
      .getByText(/orders, 0 served otherwise/)
      .first()
      .waitFor();
    await page.close();
  });

  it('makes a rule set with the builder: rows write the condition, which is checked as it is written', async () => {
    const page = await open('/rules');
    await page.getByRole('link', { name: 'New from this one' }).click();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('region', { name: 'Rule 2' });
    await rule.getByRole('button', { name: 'Add a test' }).click();
    await rule.getByRole('textbox', { name: 'Value' }).fill('FR');
    await rule.getByText('shipTo.country == "FR"').waitFor();
    await rule.getByRole('button', { name: 'Write it by hand' }).click();
    await rule.getByRole('textbox', { name: 'Condition' }).fill('shipTo.country == "FR" && shipTo.cty');
    await rule.getByText(/Line 1, column 34: There is no shipTo.cty/).waitFor();
    await rule.getByRole('textbox', { name: 'Condition' }).fill('shipTo.country == "FR"');
    await rule.getByRole('combobox', { name: 'Which of them is better' }).selectOption('most_stock');
    await rule.getByRole('button', { name: 'Add strategy' }).click();
    await rule.getByRole('button', { name: 'Move "Rule 2" up' }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Why it was made' }).fill('French orders');
    await page.getByRole('button', { name: 'Make the rule set' }).click();
    await page.waitForURL(/rules\?version=\d+/);
    const version = Number(new URL(page.url()).searchParams.get('version'));
    const made = await server.client.must('getRuleSet', { params: { version } });
    expect(made).toMatchObject({ note: 'French orders', live: false });
    expect(made.rules.map(({ name, condition }) => [name, condition])).toEqual([
      ['Rule 2', 'shipTo.country == "FR"'],
      ['Keep one', null],
    ]);
    expect(made.rules[0]?.strategies).toEqual([{ kind: 'most_stock' }]);
    await page.close();
  });

  it('goes anywhere by keyboard, and shows how', async () => {
    const page = await open('/');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('To the first field of the page').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(/\/orders$/);
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nobody-has-this');
    await page.keyboard.press('Enter');
    await page.getByText('No order matches').waitFor();
    await page.close();
  });

  it('says what is wrong, and that an address leads nowhere', async () => {
    const order = await open('/orders/99999');
    await order.getByText('There is no order 99999').waitFor();
    await order.close();
    const nowhere = await open('/nowhere');
    await nowhere.getByText('There is no such page').waitFor();
    await nowhere.close();
  });
});

describe('every page', () => {
  const PATHS = [
    '/',
    '/orders',
    '/order',
    '/waiting',
    '/products',
    '/inventory',
    '/incoming',
    '/rules',
    '/rules/edit',
  ];
  for (const path of PATHS) {
    it(`${path} passes axe, obeys its policy and fits, in both themes, on a desk and on a phone`, async () => {
      for (const theme of ['light', 'dark'] as const) {
        for (const width of Object.values(WIDTHS)) {
          const page = await open(path === '/order' ? `/orders/${waiting}` : path, { theme, width });
          await page.waitForLoadState('networkidle');
          expect(await axeViolations(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          expect(errors).toEqual([]);
          await page.close();
        }
      }
    });
  }
});
