/**
 * Reports from end to end, as someone does who has read nothing: build one from nothing, look behind a figure, save it, mail it
 * through a real SMTP server, open the file that came and find the same numbers; and put it on the home page.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import { reportText } from '../../web/reports/definition.ts';
import { READY_MADE } from '../../web/reports/ready-made.ts';
import { axeViolations, overflow } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { attachmentOf, type Mailbox, openMailbox } from '../support/mailbox.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { inBothLooks, openPage, policyViolations } from './open-page.ts';

let server: TestServer;
let browser: Browser;
let mailbox: Mailbox;
let shop: Shop;

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startTestServer({ mail: { url: mailbox.url, from: 'allot@example.com' } });
  browser = await launchBrowser();
  shop = await openShop(server, { policy: BACKORDER, stock: { W1: 4 } });
  await shop.place({ items: [{ quantity: 3, unitPrice: 1_99 }] });
  await shop.item(await shop.place({ items: [{ quantity: 6, unitPrice: 1_99 }] }));
});
afterAll(async () => {
  expect(policyViolations()).toEqual([]);
  await browser?.close();
  await server?.stop();
  await mailbox?.close();
});

async function open(path: string): Promise<Page> {
  return (await openPage(browser, `${server.address}${path}`)).page;
}

/** The rows of the report on a page, cell by cell. */
async function shown(page: Page): Promise<string[][]> {
  const rows = page.locator('main table').first().locator('tbody tr, tfoot tr');
  return await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
  );
}

describe('a report', () => {
  it('is built from nothing, looked behind, saved, mailed, and the file has the same numbers', async () => {
    const page = await open('/reports');
    await page.getByRole('link', { name: 'New report' }).click();
    const measures = page.getByRole('group', { name: 'Measures' });
    await measures.getByRole('combobox').selectOption({ label: 'Ordered units' });
    await measures.getByRole('combobox').selectOption({ label: 'Waiting units' });
    await page.getByRole('group', { name: 'Rows' }).getByRole('combobox').selectOption({ label: 'Status' });
    await page.getByRole('columnheader', { name: 'Status' }).waitFor();
    const expected = [
      ['Partially allocated', '6', '5'],
      ['Allocated', '3', '0'],
      ['Total', '9', '5'],
    ];
    await expect.poll(() => shown(page)).toEqual(expected);
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('row', { name: 'Partially allocated' }).getByRole('button', { name: '5' }).click();
    const behind = page.getByRole('complementary', { name: 'Beside the list' });
    await behind.getByRole('row', { name: /order-/ }).waitFor();
    expect(await behind.getByRole('row').count()).toBe(2);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saving = page.getByRole('dialog', { name: 'Save' });
    await saving.getByRole('textbox', { name: 'Name' }).fill('Morning figures');
    await saving.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Morning figures' }).waitFor();

    await page.locator('main summary').getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Mail it' }).click();
    const mailing = page.getByRole('dialog', { name: 'Mail it' });
    await mailing.getByRole('textbox', { name: /To/ }).fill('ops@example.com, boss@example.com');
    expect(await axeViolations(page)).toEqual([]);
    await mailing.getByRole('button', { name: 'Mail it' }).click();
    await page.getByText('Morning figures is mailed from now on').waitFor();
    await page.locator('main summary').getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Mail it' }).click();
    await page
      .getByRole('dialog')
      .getByText(/Next mail/)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
    const mail = await mailbox.mail(1);
    expect([...mail.to].sort()).toEqual(['boss@example.com', 'ops@example.com']);
    const { name, content } = attachmentOf(mail);
    expect(name).toBe('Morning figures.xlsx');
    const [sheet] = await readXlsxFile(content);
    expect(sheet?.data).toEqual([
      ['Status', 'Ordered units', 'Waiting units'],
      ['partially_allocated', 6, 5],
      ['allocated', 3, 0],
      ['Total', 9, 5],
    ]);
    await page.close();
  });

  it('leads from a bar, a cell of a heat map, a point and a figure to the rows behind it', async () => {
    const report: ReportInput = { measures: ['ordered_units'], by: [{ dimension: 'status' }] };
    const page = await open(
      `/reports/build?report=${encodeURIComponent(reportText({ ...report, show: 'bar' }))}`,
    );
    const behind = page.getByRole('complementary', { name: 'Beside the list' });
    const looked = async () => {
      await behind.getByRole('row', { name: /order-/ }).waitFor();
      await page.keyboard.press('Escape');
      await behind.waitFor({ state: 'detached' });
    };
    const bar = page.getByRole('button', { name: 'Partially allocated: Ordered units 6' });
    await bar.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await bar.focus();
    await page.keyboard.press('Enter');
    await looked();
    const show = page.getByRole('combobox', { name: 'Show as' });
    await show.selectOption({ label: 'Heat map' });
    await page
      .getByRole('row', { name: /Partially/ })
      .getByRole('button', { name: '6' })
      .click();
    await looked();
    await show.selectOption({ label: 'Lines' });
    await page.locator('figure circle').first().click();
    await looked();
    await show.selectOption({ label: 'Figure' });
    await page.getByRole('button', { name: '9', exact: true }).click();
    await behind
      .getByRole('row', { name: /order-/ })
      .first()
      .waitFor();
    await page.close();
  });

  it('is downloaded as it is shown', async () => {
    const page = await open('/reports');
    await page.getByRole('link', { name: 'Revenue waiting' }).click();
    await page.getByRole('link', { name: 'XLSX' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'XLSX' }).click(),
    ]);
    const [sheet] = await readXlsxFile(await readFile(await download.path()));
    expect(sheet?.data.at(-1)).toEqual(['Total', null, 9.95, 5]);
    await page.close();
  });

  it('stands on the home page', async () => {
    await server.client.must('putSavedReport', {
      params: { savedReport: 'home' },
      body: { name: 'At home', report: { measures: ['items'], by: [{ dimension: 'channel' }], show: 'bar' } },
    });
    const page = await open('/reports');
    await page.getByRole('link', { name: 'At home' }).click();
    await page.locator('main summary').getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Add to home' }).click();
    await page.getByText('At home stands on the home page').waitFor();
    await page.goto(`${server.address}/`);
    const widget = page.getByRole('region', { name: 'At home' });
    await widget.getByText(shop.name('G')).first().waitFor();
    await page.close();
  });

  it('rings when it goes beyond a threshold', async () => {
    const page = await open('/reports');
    await page.getByRole('link', { name: 'Order items by status' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Watched');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('main summary').getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Alarm' }).click();
    const dialog = page.getByRole('dialog', { name: 'Alarm' });
    await dialog.getByRole('textbox', { name: 'Threshold' }).fill('1');
    await dialog.getByRole('textbox', { name: /To/ }).fill('ops@example.com');
    await dialog.getByRole('button', { name: 'Alarm' }).click();
    await eventually('the alarm is mailed', async () =>
      mailbox.mails.find(({ source }) => source.includes('items is above 1')),
    );
    await page.close();
  });
});

describe('ready-made reports', () => {
  it('all mean something', async () => {
    for (const report of Object.values(READY_MADE)) {
      const { measures } = await server.client.must('runReport', { query: { report: reportText(report) } });
      expect(measures).toEqual(report.measures);
    }
  });

  // one of each way of showing them
  const shownAs = (['status', 'ageing', 'fill_time', 'launches'] as const).map(
    (id) => [id, `/reports/build?report=${encodeURIComponent(reportText(READY_MADE[id]))}`] as const,
  );
  const pages = [['all reports', '/reports'], ['products at risk', '/reports/at-risk'], ...shownAs] as const;
  it.each(pages)('%s is shown, at a desk and on a phone', async (_, path) => {
    const { page, errors } = await openPage(browser, `${server.address}${path}`);
    await page.locator('main:not(:has([role="status"][aria-label]))').waitFor();
    await inBothLooks(page, async () => {
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
    expect(errors).toEqual([]);
    await page.close();
  });

  it('say what a stacked bar adds up to, and that a share of value is of one currency', async () => {
    const page = await open(`/reports/build?report=${encodeURIComponent(reportText(READY_MADE.ageing))}`);
    const bar = page.locator('figure div:has(> [title^="0–3"])');
    await bar.getByText('5', { exact: true }).waitFor();
    const other = await openShop(server, { policy: BACKORDER, channel: { currency: 'USD' } });
    await other.place({ items: [{ quantity: 3, unitPrice: 1_99 }] });
    const note = page.getByText('Value fill rate: known within one currency only');
    expect(await note.count()).toBe(0);
    await page.goto(
      `${server.address}/reports/build?report=${encodeURIComponent(reportText(READY_MADE.fill_rates))}`,
    );
    await note.waitFor();
    await page.close();
  });
});
