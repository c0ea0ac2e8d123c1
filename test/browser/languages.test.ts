/**
 * Nothing of an explanation, refusal, reason or definition is English on a German page: pages are opened in
 * German, and all that stands on them is compared with every English text that has a German one.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../src/contract/reports/report-dimensions.ts';
import { MEASURES } from '../../src/contract/reports/report-measures.ts';
import { reportText } from '../../web/reports/definition.ts';
import { DE } from '../../web/words/de/de.ts';
import { EN } from '../../web/words/en/en.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { settled } from '../support/settled.ts';
import { BACKORDER, openShop, preorder, type Shop } from '../support/shop.ts';
import { liveRules } from '../support/shop-rules.ts';
import { openPage } from './open-page.ts';

let server: TestServer;
let browser: Browser;
let shop: Shop;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
  shop = await openShop(server, {
    policy: BACKORDER,
    products: { Q: preorder() },
    stock: { W1: 3, W2: 4 },
  });
  await liveRules(server.client, shop, [
    { name: 'Eine bleibt', filters: [{ kind: 'safety_stock', warehouses: [shop.name('W1')], units: 1 }] },
    { name: 'Ohne W2', filters: [{ kind: 'exclude', warehouses: [shop.name('W2')] }] },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openInGerman(path: string): Promise<Page> {
  return (await openPage(browser, `${server.address}${path}`, { locale: 'de-DE' })).page;
}

/**
 * What a text says whatever it is filled with: the text itself, or the pieces between the values of one that
 * takes some.
 */
function piecesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return String(words).split(/\$\{[^}]*\}|[`'"]/);
  if (typeof words !== 'object' || words === null) return [];
  return Object.values(words).flatMap(piecesOf);
}

/** Pieces long enough to be of one language only: of several words, with letters alone. */
function phrases(words: unknown): Set<string> {
  const pieces = piecesOf(words).map((piece) => piece.replace(/^\W+|\W+$/g, ''));
  return new Set(pieces.filter((piece) => /\p{L}\p{L} \p{L}\p{L}/u.test(piece) && !/[={}<>]/.test(piece)));
}

const GERMAN = phrases(DE);
const ENGLISH = [...phrases([EN, MEASURES, DIMENSIONS])].filter((phrase) => !GERMAN.has(phrase));

/** Everything a reader meets: what is shown, what is hovered, what is read out. */
async function textOf(page: Page): Promise<string> {
  const hints = await page
    .locator('[title], [aria-label]')
    .evaluateAll((found) =>
      found.flatMap((element) => [element.getAttribute('title'), element.getAttribute('aria-label')]),
    );
  return [await page.locator('body').textContent(), ...hints].join('\n');
}

async function englishOn(page: Page): Promise<string[]> {
  const text = await textOf(page);
  return ENGLISH.filter((phrase) => text.includes(phrase));
}

async function explain(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Warum Zeile 1 so steht' }).click();
  const why = page.getByRole('region', { name: 'Warum Zeile 1 so steht' });
  await why.getByText('Regelsatz').first().waitFor();
  return (await why.textContent()) ?? '';
}

describe('on German pages', () => {
  it('knows enough English to find it', () => {
    expect(ENGLISH.length).toBeGreaterThan(400);
    expect(ENGLISH).toContain('Nobody is ahead of it');
    expect(ENGLISH).toContain('as safety stock');
    expect(ENGLISH).toContain('sum(units allocated at once) ÷ sum(units accepted');
  });

  it('an item that has stock, and one that waits, say why', async () => {
    const allocated = await shop.place(2);
    const waiting = await shop.place(2);
    await settled(server.address);
    const page = await openInGerman(`/orders/${allocated}`);
    const given = await explain(page);
    expect(given).toContain('Von 2 gewünschten: 2 zugeteilt.');
    expect(given).toContain('galten.');
    expect(given).toContain('behält 1 als Sicherheitsbestand');
    expect(await englishOn(page)).toEqual([]);
    await page.goto(`${server.address}/orders/${waiting}`);
    const why = await explain(page);
    expect(why).toContain('Davor wartet niemand.');
    expect(why).toContain('blieb außen vor (Regel „Ohne W2“)');
    expect(why).toContain('2 Stück warten als Rückstand');
    await page.getByText(/\+2 im Rückstand/).waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });

  it('a refused shipment says what is in its way', async () => {
    const order = await shop.place({ items: [{ sku: 'Q', quantity: 1 }] });
    await shop.receive(2, { sku: 'Q' });
    await settled(server.address);
    const page = await openInGerman(`/orders/${order}`);
    await page.getByRole('button', { name: 'Versenden', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Versenden' });
    await dialog.getByText('1 Stück von 1 Position verlässt').waitFor();
    const answer = page.waitForResponse((response) => response.status() === 409);
    await dialog.getByRole('button', { name: 'Versenden' }).click();
    const { detail } = (await (await answer).json()) as { readonly detail: string };
    await page.getByText(/^Eine Vorbestellung darf nicht vor .*2190.* versandt werden/).waitFor();
    expect(await textOf(page)).not.toContain(detail);
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });

  it('products at risk say why', async () => {
    await shop.place(30);
    const page = await openInGerman('/reports/at-risk');
    const row = page.getByRole('row').filter({ hasText: shop.name('P') });
    await row.getByText('warten schon').waitFor();
    await row.getByText('Nichts mit einem Tag ist unterwegs.').waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });

  it('measures and dimensions say what they mean and how they are worked out', async () => {
    const report = reportText({ measures: ['unit_fill_rate', 'split_rate'], by: [{ dimension: 'country' }] });
    const page = await openInGerman(`/reports/build?report=${encodeURIComponent(report)}`);
    await page.getByText('Was sie bedeuten').click();
    await page.getByText('Summe(gleich zugeteilte Stücke) ÷ Summe(angenommene Stücke)').waitFor();
    await page.getByText('Land, in das die Bestellung geht.').waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });
});
