/**
 * A Chromium for the browser tests, and where it is: .cache/browser.json, which test/support/browser.ts reads.
 *
 * Decision: the system's own Chromium, from Debian's packages, because test tools' private browser downloads need
 * servers that many networks do not let through. Taken in this order: ALLOT_CHROMIUM, an installed one, one that we
 * unpacked before; else, as root it is installed, as anybody else the same packages are unpacked into .cache/.
 */
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announced, capture, run, SetupError } from './command.mjs';
import { PACKAGES, unpackChromium, unpackedChromium } from './unpacked-chromium.mjs';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const BY_HAND =
  'Install Chromium or Chrome yourself and name its program in the environment variable ALLOT_CHROMIUM.';

export async function ensureBrowser(root) {
  const cache = join(root, '.cache');
  const file = join(cache, 'browser.json');
  const browser = (await found(cache)) ?? (await made(cache));
  const text = `${JSON.stringify(browser, null, 2)}\n`;
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await checkRuns(browser);
  await mkdir(cache, { recursive: true });
  await writeFile(file, text);
}

async function found(cache) {
  const named = process.env.ALLOT_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (await isProgram(named)) return { executablePath: named, env: {} };
    throw new SetupError(
      `ALLOT_CHROMIUM is ${named}, which is not a program. Name Chromium's program, or unset it.`,
    );
  }
  for (const path of INSTALLED) {
    if (await isProgram(path)) return { executablePath: path, env: {} };
  }
  return unpackedChromium(cache);
}

async function made(cache) {
  if ((await capture('apt-get', ['--version'])).code !== 0) {
    throw new SetupError(
      `There is no Chromium for the browser tests, and no apt-get to get it with. ${BY_HAND}`,
    );
  }
  if (process.getuid?.() === 0) {
    await announced('Installing Chromium for the browser tests (apt-get)', install);
    return { executablePath: INSTALLED[0], env: {} };
  }
  await announced('Unpacking Chromium for the browser tests (apt-get, 125 MB)', () => unpackChromium(cache));
  return unpackedChromium(cache);
}

async function install() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  // One unreachable list among many is no reason to stop: whether the packages are to be had shows below.
  await capture('apt-get', [...patient, 'update'], { env });
  const advice = `Chromium could not be installed. Check the connection to your Debian mirror and try again. Or: ${BY_HAND}`;
  await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...PACKAGES], {
    env,
    advice,
  });
}

async function checkRuns({ executablePath, env }) {
  const advice = `The Chromium at ${executablePath} does not start. ${BY_HAND}`;
  await run(executablePath, ['--version'], { env: { ...process.env, ...env }, advice });
}

async function isProgram(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
