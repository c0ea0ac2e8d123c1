/**
 * The main stories from end to end in a browser, on a real server: from the first order to its fill while the page looks
 * on, a pre-order until it ships, rules that are made and tried, a purchase order that arrives, a file with bad rows, and
 * a connection that is lost and comes back.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { BACKORDER, openShop } from '../support/shop.ts';
import { inDays } from '../support/shop-supply.ts';
import { openPage, policyViolations } from './open-page.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  expect(policyViolations()).toEqual([]);
  await browser?.close();
  await server?.stop();
});

async function open(path: string): Promise<Page> {
  return (await openPage(browser, `${server.address}${path}`)).page;
}

async function receive(page: Page, warehouse: string, units: string): Promise<void> {
  await page.getByRole('button', { name: 'Receive', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Receive' });
  await dialog.getByRole('combobox', { name: 'Warehouse' }).selectOption(warehouse);
  await dialog.getByRole('textbox', { name: 'Units 1' }).fill(units);
  await dialog.getByText(`→ ${units} on hand`).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await page.getByText('Received; those who wait are served').waitFor();
}

describe('from end to end', () => {
  it('the first order waits and is filled while its page looks on', async () => {
    const shop = await openShop(server);
    const product = await open(`/products/${shop.name('P')}`);
    await product.getByRole('checkbox', { name: 'May be ordered without stock' }).check();
    await product.getByRole('button', { name: 'Save the policy' }).click();
    await product.getByText('The policy is saved').waitFor();
    await product.getByText('Later').waitFor();
    const id = await shop.place(3);
    const order = await open(`/orders/${id}`);
    await order.getByText('3 Backordered').first().waitFor({ state: 'attached' });
    await receive(product, shop.name('W1'), '5');
    await order.getByText('3 Allocated').first().waitFor({ state: 'attached' });
    await order.getByText('got stock').waitFor();
    await order.getByRole('button', { name: 'Ship', exact: true }).click();
    const dialog = order.getByRole('dialog', { name: 'Ship' });
    await dialog.getByText(`3 units of 1 item leave ${shop.name('W1')}`).waitFor();
    await dialog.getByRole('button', { name: 'Ship' }).click();
    await order.getByText('3 Shipped').first().waitFor({ state: 'attached' });
    expect(await shop.units(id)).toEqual({ ordered: 3, shipped: 3 });
    await product.close();
    await order.close();
  });

  it('a pre-order has stock, may not leave, and leaves when it is released', async () => {
    const shop = await openShop(server);
    const product = await open(`/products/${shop.name('P')}`);
    await product.getByRole('checkbox', { name: 'May be ordered before the release' }).check();
    await product.getByLabel(/^Release( \*)?$/).fill('2190-06-01');
    await product.getByLabel('Time zone').fill('Europe/Amsterdam');
    await product.getByRole('button', { name: 'Save the policy' }).click();
    await product.getByText('The policy is saved').waitFor();
    const id = await shop.place(2);
    expect(await shop.units(id)).toEqual({ ordered: 2, preordered: 2 });
    await receive(product, shop.name('W1'), '2');
    const order = await open(`/orders/${id}`);
    await order.getByText('2 Allocated').first().waitFor({ state: 'attached' });
    await order.getByRole('button', { name: 'Ship', exact: true }).click();
    await order.getByRole('dialog').getByRole('button', { name: 'Ship' }).click();
    await order.getByText(/may not ship before/).waitFor();
    await order.getByRole('dialog').getByRole('button', { name: 'Leave it' }).click();
    await order.getByRole('dialog').waitFor({ state: 'detached' });
    await product.getByLabel(/^Release( \*)?$/).fill('2020-06-01');
    await product.getByRole('button', { name: 'Save the policy' }).click();
    await order.getByRole('button', { name: 'Ship', exact: true }).click();
    await order.getByRole('dialog').getByRole('button', { name: 'Ship' }).click();
    await order.getByText('2 Shipped').first().waitFor({ state: 'attached' });
    await product.close();
    await order.close();
  });

  it('a purchase order is drafted, sent, moved and received, and serves who waits', async () => {
    const shop = await openShop(server, { policy: BACKORDER });
    await shop.supply.putSupplier();
    const id = await shop.place(4);
    const page = await open('/incoming');
    await page.getByRole('button', { name: 'New purchase order' }).click();
    const draft = page.getByRole('dialog', { name: 'New purchase order' });
    const number = shop.name('PO');
    await draft.getByRole('textbox', { name: 'Number' }).fill(number);
    await draft.getByRole('combobox', { name: 'Supplier' }).selectOption(shop.name('S'));
    await draft.getByRole('combobox', { name: 'Warehouse' }).selectOption(shop.name('W1'));
    await draft.getByLabel('Expected').fill(inDays(20));
    await draft.getByLabel('SKU 1').fill(shop.name('P'));
    await draft.getByRole('textbox', { name: 'Units 1' }).fill('6');
    expect(await axeViolations(page)).toEqual([]);
    await draft.getByRole('button', { name: 'New purchase order' }).click();
    await page.waitForURL(new RegExp(`/incoming/${number}$`));
    await page.getByRole('button', { name: 'Send to the supplier' }).click();
    await page.getByText('Sent: its units are incoming').waitFor();
    await page.getByRole('button', { name: 'Another day' }).click();
    const moving = page.getByRole('dialog', { name: 'Another day' });
    await moving.getByLabel('Day of what is still open').fill(inDays(30));
    await moving.getByRole('button', { name: 'Another day' }).click();
    await page.getByText('moved once').waitFor();
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    const receiving = page.getByRole('dialog', { name: 'Receive' });
    await receiving.getByRole('textbox', { name: 'Counted of line 1' }).fill('5');
    await receiving.getByText(`5 units are counted into ${shop.name('W1')}`).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await receiving.getByRole('button', { name: 'Receive' }).click();
    await page.getByText('5 of 6').first().waitFor();
    expect(await shop.units(id)).toEqual({ ordered: 4, allocated: 4 });
    await page.close();
  });

  it('a file keeps its good rows and gives back the bad ones', async () => {
    const shop = await openShop(server, { policy: BACKORDER });
    const [channel, sku] = [shop.name('G'), shop.name('P')];
    const page = await open('/import');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `channel,number,sku,quantity\n${channel},B-1,${sku},2\n${channel},B-2,${sku},none\n${channel},B-3,NOT-THERE,1\n`,
      ),
    });
    await page.getByRole('button', { name: 'Import the file' }).click();
    await page.getByText('1 row imported').waitFor();
    const bad = page.getByRole('region', { name: 'Bad rows' });
    await bad.getByText("'none' is not a whole number").waitFor();
    await bad.getByText(/unknown_sku/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the bad rows as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('orders.csv.rejects.csv');
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved.split('\r\n')[0]).toBe('channel,number,sku,quantity,line,column,problem');
    expect(saved).toContain(`${channel},B-2,${sku},none,3,quantity,`);
    const { rows } = await server.client.must('listOrders', { query: { channel } });
    expect(rows.map(({ number }) => number)).toEqual(['B-1']);
    await page.close();
  });

  it('a rule set is made from rows, tried on past orders, and put in force', async () => {
    const shop = await openShop(server, { policy: BACKORDER, stock: { W1: 9, W2: 9 } });
    await shop.place({ shipTo: { country: 'FR' }, items: [{ quantity: 1 }] });
    const page = await open('/rules/edit');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('region', { name: 'Rule 1' });
    await rule.getByRole('button', { name: 'Add a test' }).click();
    await rule.getByRole('textbox', { name: 'Value' }).fill('FR');
    await rule.getByText('shipTo.country == "FR"').waitFor();
    await rule.getByRole('button', { name: 'Write it by hand' }).click();
    await rule.getByRole('textbox', { name: 'Condition' }).fill('shipTo.country == "FR" && shipTo.cty');
    await rule.getByText(/Line 1, column 34: There is no shipTo.cty/).waitFor();
    await rule.getByRole('textbox', { name: 'Condition' }).fill('shipTo.country == "FR"');
    await rule.getByRole('combobox', { name: 'Which warehouses may serve' }).selectOption('only');
    await rule.getByRole('textbox', { name: 'Warehouses, by code' }).first().fill(shop.name('W2'));
    await rule.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('button', { name: 'Move "Rule 2" up' }).click();
    const second = page.getByRole('region', { name: 'Rule 2' });
    await second.getByRole('combobox', { name: 'Which of them is better' }).selectOption('lowest_cost');
    await second.getByRole('textbox', { name: 'Price, in cents' }).fill('450');
    await second.getByRole('button', { name: 'Add strategy' }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Why it was made' }).fill('French orders');
    await page.getByRole('button', { name: 'Make the rule set' }).click();
    await page.waitForURL(/rules\?version=\d+/);
    const version = Number(new URL(page.url()).searchParams.get('version'));
    const made = await server.client.must('getRuleSet', { params: { version } });
    expect(made).toMatchObject({ note: 'French orders', live: false });
    expect(made.rules.map(({ name, condition }) => [name, condition])).toEqual([
      ['Rule 2', null],
      ['Rule 1', 'shipTo.country == "FR"'],
    ]);
    expect(made.rules[0]?.strategies).toMatchObject([{ kind: 'lowest_cost', rates: [{ price: 450 }] }]);
    await page.getByRole('button', { name: 'Try on the last orders' }).click();
    await page
      .getByText(/served otherwise/)
      .first()
      .waitFor();
    await page.getByText(`With it: ${shop.name('W2')} 1`).waitFor();
    await page.getByRole('button', { name: 'Run as shadow' }).click();
    await page.getByText('No order came in since this set became the shadow').waitFor();
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Put in force' }).waitFor();
    const { rows } = await server.client.must('listRuleSets', { query: {} });
    expect(rows.some(({ live }) => live)).toBe(false);
    await page.close();
  });

  it('a lost connection is said, and what was missed is there when it is back', async () => {
    const shop = await openShop(server, { policy: BACKORDER });
    const id = await shop.place(2);
    const page = await open(`/orders/${id}`);
    await page.getByText('2 Backordered').first().waitFor({ state: 'attached' });
    await page.context().setOffline(true);
    await page.getByText(/No connection since/).waitFor();
    await shop.receive(2);
    await page.context().setOffline(false);
    await page.getByText('2 Allocated').first().waitFor({ state: 'attached' });
    await page.getByText(/No connection since/).waitFor({ state: 'detached' });
    await page.close();
  });
});
