/** Pages of the dashboard for browser tests: opened in a theme and width, with what went wrong on them gathered. */
import type { Browser, Page } from 'playwright-core';

const WIDTHS = { desk: 1440, phone: 390 } as const;

export interface Opened {
  readonly page: Page;
  /** What the console called an error, and what was thrown. */
  readonly errors: readonly string[];
}

export interface How {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  /** The browser's; pages speak its language. */
  readonly locale?: string;
}

const violations: string[] = [];

/** What the content policy kept from any page that was opened, in dialogs and menus too. */
export function policyViolations(): readonly string[] {
  return violations;
}

const LOOKS = [
  { theme: 'light', width: WIDTHS.desk },
  { theme: 'dark', width: WIDTHS.phone },
] as const;

/** One page in both looks, one after the other: light on a desk, dark on a phone. */
export async function inBothLooks(page: Page, look: () => Promise<void>): Promise<void> {
  for (const { theme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    await look();
  }
}

export async function openPage(browser: Browser, address: string, how: How = {}): Promise<Opened> {
  const { theme = 'light', width = WIDTHS.desk, locale = 'en-GB' } = how;
  const page = await browser.newPage({
    colorScheme: theme,
    viewport: { width, height: 900 },
    acceptDownloads: true,
    locale,
    timezoneId: 'Europe/Amsterdam',
  });
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, errors };
}
