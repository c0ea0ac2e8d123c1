#!/usr/bin/env node
/**
 * Makes a fresh checkout ready to run, and costs next to nothing when it is: packages, the embedded PostgreSQL,
 * with --build the compiled program, with --browser a Chromium for the browser tests.
 *
 * Decision: every npm script that needs something calls this first, so nobody has to know an order of steps, and CI
 * does what a newcomer does. Node's own modules only: it runs before any package is there. What each step does is
 * told in scripts/setup/.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureBuild } from './setup/build.mjs';
import { SetupError } from './setup/command.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePostgres } from './setup/postgres.mjs';

const LEAST_NODE = [20, 19];
const FLAGS = ['--build', '--browser'];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  const found = `this is Node ${process.versions.node} (${process.execPath})`;
  throw new SetupError(
    `Allot needs Node ${LEAST_NODE.join('.')} or later, and ${found}. Install a newer one.`,
  );
}

function readFlags() {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) throw new SetupError(`Unknown flag ${unknown}. Known: ${FLAGS.join(', ')}.`);
  return flags;
}

async function setup() {
  const flags = readFlags();
  checkNode();
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  await ensurePackages(root);
  await ensurePostgres(root);
  if (flags.includes('--build')) await ensureBuild(root);
  if (flags.includes('--browser')) await ensureBrowser(root);
}

try {
  await setup();
} catch (error) {
  console.error(error instanceof SetupError ? `Setup: ${error.message}` : error);
  process.exitCode = 1;
}
