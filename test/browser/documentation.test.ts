/**
 * The page to browse the API, in a real Chromium: it shows every operation, works by keyboard, obeys its own content
 * policy and has no violation that axe can find, light and dark, on a desk and on a phone.
 */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/contract/operations.ts';
import { axeViolations, overflow } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const WIDTHS = { desk: 1440, phone: 390 } as const;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openDocs(theme: 'light' | 'dark', width: number): Promise<Page> {
  const page = await browser.newPage({ colorScheme: theme, viewport: { width, height: 900 } });
  await page.goto(`${server.address}/docs`);
  return page;
}

describe('the page to browse the API', () => {
  it('shows every operation of the contract', async () => {
    const page = await openDocs('light', WIDTHS.desk);
    expect(await page.locator('details').count()).toBe(Object.keys(OPERATIONS).length);
    expect(await page.locator('h1').count()).toBe(1);
    await page.close();
  });

  it('opens an operation by keyboard and leads from a refusal to its status', async () => {
    const page = await openDocs('light', WIDTHS.desk);
    const operation = page.locator('#placeOrder');
    await operation.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await operation.getAttribute('open')).not.toBeNull();
    await operation.getByRole('link', { name: 'order_refused' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash === '#order_refused');
    await page.close();
  });

  it('loads nothing its content policy forbids', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(`${server.address}/docs`);
    expect(errors).toEqual([]);
    await page.close();
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const [device, width] of Object.entries(WIDTHS)) {
      it(`passes axe on a ${device}, ${theme}, and does not scroll sideways`, async () => {
        const page = await openDocs(theme, width);
        // All of them once; elsewhere those of one section, which look like the others: axe takes half a minute for all.
        const shown = theme === 'light' && device === 'desk' ? 'details' : 'section:first-of-type details';
        await page.evaluate(`document.querySelectorAll('${shown}').forEach((each) => { each.open = true; })`);
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.close();
      });
    }
  }
});
