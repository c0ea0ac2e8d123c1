/**
 * The dashboard in a real Chromium on a real server: from a bar to its rows to an order and why it waits, acts that say what
 * they will do and can be taken back, lists as one wants them, everything by keyboard. Every page passes axe, light on
 * a desk and dark on a phone, loads nothing its content policy forbids, and does not scroll sideways.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, overflow } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { liveRules } from '../support/shop-rules.ts';
import { inDays } from '../support/shop-supply.ts';
import { inBothLooks, openPage, policyViolations } from './open-page.ts';

let server: TestServer;
let browser: Browser;
let shop: Shop;
let waiting: number;
let arriving: string;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
  shop = await openShop(server, {
    policy: BACKORDER,
    products: { Q: {} },
    stock: { W1: 4 },
    warehouses: { W1: { latitude: 52.37, longitude: 4.9, country: 'NL' }, W2: {} },
  });
  await liveRules(server.client, shop, [{ name: 'Keep one', filters: [{ kind: 'safety_stock', units: 1 }] }]);
  await shop.supply.putSupplier();
  arriving = await shop.supply.order([{ quantity: 20, expectedOn: inDays(10) }]);
  await shop.supply.order([{ quantity: 5, expectedOn: inDays(-3) }]);
  await shop.place(2);
  waiting = await shop.place(5);
});
afterAll(async () => {
  expect(policyViolations()).toEqual([]);
  await browser?.close();
  await server?.stop();
});

async function open(path: string): Promise<Page> {
  return (await openPage(browser, `${server.address}${path}`)).page;
}

describe('stories', () => {
  it('leads from a bar to its rows, to the order beside them, and to why it waits', async () => {
    const { page, errors } = await openPage(browser, `${server.address}/`);
    await page.getByRole('link', { name: /^Partially allocated/ }).click();
    await page.waitForURL(/by=items&status=partially_allocated/);
    const row = page.getByRole('row', { name: /Partially allocated/ });
    await row.focus();
    await page.keyboard.press('Enter');
    const aside = page.getByRole('complementary', { name: 'Beside the list' });
    await aside.getByText('1 Allocated, 4 Backordered').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await aside.waitFor({ state: 'detached' });
    const atItsHead = { position: { x: 20, y: 15 } };
    await row.click(atItsHead);
    await row.click(atItsHead);
    await page.waitForURL(new RegExp(`/orders/${waiting}$`));
    await page.getByRole('button', { name: 'Why line 1 has what it has' }).click();
    const why = page.getByRole('region', { name: 'Why line 1 has what it has' });
    await why.getByText('Rule "Keep one"').first().waitFor();
    expect(await why.textContent()).toContain('keeps 1 as safety stock');
    expect(errors).toEqual([]);
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

  it('puts an order on hold, and takes that back', async () => {
    const order = await shop.place(1);
    const page = await open(`/orders/${order}`);
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Hold' });
    await dialog.getByText('Nothing ships and nothing more is given').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('address');
    await dialog.getByRole('button', { name: 'Hold' }).click();
    await page.getByText('On hold: address').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
    expect(await shop.order(order)).toMatchObject({ hold: null });
    await page.close();
  });

  it('changes the quantities of an order, and says before what that does', async () => {
    const order = await shop.place(4);
    const page = await open(`/orders/${order}`);
    await page.getByRole('button', { name: 'Change quantities' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change quantities' });
    await dialog.getByRole('textbox', { name: 'Wanted of line 1' }).fill('1');
    await dialog.getByText('Frees 0 units').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change quantities' }).click();
    await page.getByText('1 Backordered, 3 Cancelled').first().waitFor({ state: 'attached' });
    expect(await shop.units(order)).toEqual({ ordered: 4, backordered: 1, cancelled: 3 });
    await page.close();
  });

  it('leads from who waits to the queue of a product, by keyboard', async () => {
    const page = await open('/waiting');
    await page.getByRole('row', { name: new RegExp(shop.name('P')) }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByText('Policies and ledger').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('from purchase order').first().waitFor();
    expect(new URL(page.url()).searchParams.get('sku')).toBe(shop.name('P'));
    await page.close();
  });

  it('puts several who wait first in line at once', async () => {
    const orders = [await shop.place(1), await shop.place(1)];
    const page = await open('/waiting?by=items&sort=newest');
    for (const id of orders) {
      const { number } = await shop.order(id);
      await page.getByRole('checkbox', { name: `Choose ${number}/1` }).check();
    }
    await page.getByRole('button', { name: 'Put first in line' }).click();
    await page.getByText('2 orders changed').waitFor();
    for (const id of orders) expect(await shop.order(id)).toMatchObject({ priority: 100 });
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

describe('by keyboard', () => {
  it('goes anywhere, and shows how', async () => {
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

  it('finds an order, a product and a page from anywhere', async () => {
    const page = await open('/settings');
    await page.keyboard.press('Control+k');
    const find = page.getByRole('textbox', { name: /Go to a page/ });
    await find.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.type('Purchas');
    await page.getByRole('dialog').getByText('Purchasing').waitFor();
    await find.fill(shop.name('P'));
    await page.getByRole('dialog').getByText(shop.name('P')).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/products\//);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await find.waitFor();
    const { number } = await shop.order(waiting);
    await find.fill(number);
    await page.getByText(`Order ${number}`).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/orders/${waiting}$`));
    await page.close();
  });
});

/** Presses Tab until what is wanted has the focus, as far as there is anything to come to. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const focused: string = await page.evaluate(`(() => {
      const { activeElement } = document;
      const label = activeElement?.labels?.[0]?.textContent;
      return activeElement?.getAttribute('aria-label') ?? label ?? activeElement?.textContent ?? '';
    })()`);
    if (focused.trim() === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

describe('the main story by keyboard alone', () => {
  it('finds a product, lets it be backordered, receives stock, finds the order and ships it', async () => {
    const sku = shop.name('Q');
    const page = await open('/');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: /Go to a page/ }).waitFor();
    await page.keyboard.type(sku);
    await page.getByRole('dialog').getByText(sku).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/products\//);
    await tabTo(page, 'May be ordered without stock');
    await page.keyboard.press('Space');
    await tabTo(page, 'Save the policy');
    await page.keyboard.press('Enter');
    await page.getByText('The policy is saved').waitFor();
    const id = await shop.place({ items: [{ sku: 'Q', quantity: 2 }] });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(page, 'Receive');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Receive' }).waitFor();
    await tabTo(page, 'Units 1');
    // one of them is kept by the rule
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.getByText('Received; those who wait are served').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(/\/orders$/);
    const { number } = await shop.order(id);
    await page.getByRole('row', { name: new RegExp(number) }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(number);
    await page.keyboard.press('Enter');
    await page.waitForURL(/number=/);
    await tabTo(page, 'Export');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Beside the list' }).waitFor();
    await tabTo(page, 'Ship');
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"] :focus').waitFor();
    await tabTo(page, 'Ship');
    await page.keyboard.press('Enter');
    await page.getByText('2 Shipped').first().waitFor({ state: 'attached' });
    await page.close();
  });
});

describe('as one wants it', () => {
  it('sorts on the server, chooses columns, keeps a view, and exports what is shown', async () => {
    const page = await open('/products');
    await page.getByRole('button', { name: 'Sort by Waiting units' }).click();
    await page.waitForURL(/sort=waiting/);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Backordered' }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Backordered' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Most waited');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.goto(`${server.address}/products`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Most waited', exact: true }).click();
    await page.waitForURL(/sort=waiting/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('products.csv');
    await page.close();
  });

  it.each(['suppliers', 'channels', 'warehouses'])('sorts %s by name', async (path) => {
    const page = await open(`/${path}`);
    await page.getByRole('button', { name: 'Sort by Name' }).click();
    await page.waitForURL(/sort=name/);
    await page.close();
  });

  it('arranges the home page for this browser', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Arrange' }).click();
    await page.getByRole('button', { name: 'Remove Latest orders' }).click();
    await page.getByRole('button', { name: 'Move Stranded demand to the front' }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await page.getByRole('region', { name: 'Stranded demand' }).waitFor();
    const titles: string[] = await page.evaluate(`
      [...document.querySelectorAll('#content section')]
        .toSorted((a, b) => a.parentElement.style.order - b.parentElement.style.order)
        .map((widget) => widget.getAttribute('aria-label'))`);
    expect(titles.slice(0, 2)).toEqual(['Stranded demand', 'Order items by status']);
    expect(titles).not.toContain('Latest orders');
    await page.close();
  });

  it('speaks the language that is chosen', async () => {
    const page = await open('/settings');
    for (const [language, title] of [
      ['Deutsch', 'Einstellungen'],
      ['Español', 'Ajustes'],
      ['Nederlands', 'Instellingen'],
    ] as const) {
      await page.getByRole('combobox').first().selectOption(language);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.goto(`${server.address}/orders`);
    await page.getByRole('heading', { level: 1, name: 'Bestellingen' }).waitFor();
    await page.close();
  });
});

describe('the first page', () => {
  it('needs at most 220 kB of scripts and styles, as they travel', async () => {
    const page = await browser.newPage();
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      if (!/\/assets\/.*\.(js|css)$/.test(response.url())) return;
      expect(response.headers()['content-encoding']).toBe('gzip');
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    });
    await page.goto(server.address);
    await page.getByRole('region', { name: 'Stock activity' }).waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(220_000);
    await page.close();
  });
});

describe('every page', () => {
  const PATHS = [
    '/',
    '/orders',
    '/orders?by=items',
    '/orders?open=ORDER',
    '/orders/ORDER',
    '/waiting',
    '/waiting?by=items',
    '/waiting?sku=SKU',
    '/products',
    '/products/SKU',
    '/inventory',
    '/incoming',
    '/incoming?view=calendar',
    '/incoming/ARRIVING',
    '/purchasing',
    '/suppliers',
    '/rules',
    '/rules/edit',
    '/channels',
    '/warehouses',
    '/import',
    '/settings',
  ];
  for (const path of PATHS) {
    it(`${path} passes axe, obeys its policy and fits, light on a desk and dark on a phone`, async () => {
      const real = path
        .replace('ORDER', String(waiting))
        .replace('SKU', shop.name('P'))
        .replace('ARRIVING', arriving);
      const { page, errors } = await openPage(browser, `${server.address}${real}`);
      await page.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'detached' });
      await inBothLooks(page, async () => {
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
      expect(errors).toEqual([]);
      await page.close();
    });
  }
});
