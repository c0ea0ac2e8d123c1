/**
 * The browser of the browser tests: the Chromium that `npm run setup -- --browser` found or got, headless and without
 * calls to anybody (updates, sync and the like), since tests must not depend on a network.
 */
import { readFile } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';

const FILE = new URL('../../.cache/browser.json', import.meta.url);
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const foundBrowser = z.object({ executablePath: z.string(), env: z.record(z.string(), z.string()) });

/** A new browser with an empty profile; close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const text = await readFile(FILE, 'utf8').catch((cause: unknown) => {
    throw new Error('No browser is set up. Run: npm run setup -- --browser', { cause });
  });
  const { executablePath, env } = foundBrowser.parse(JSON.parse(text));
  // Its sandbox needs rights that root in a container and many hardened systems do not give; pages here are our own.
  return await chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: FLAGS,
    env: { ...ownEnvironment(), ...env },
  });
}

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
