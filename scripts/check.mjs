#!/usr/bin/env node
/**
 * `npm run check`: everything that can be said about the code without running it, in one go.
 *
 *   types    TypeScript, strict                    pages     the same of the dashboard
 *   promises  none forgotten, none where a value is meant (oxlint)
 *   style    format and lint (biome)               unused    files, exports and packages nobody uses (knip)
 *
 * Decision: all run at once and all report, so one look shows everything there is to correct; a tool that is content
 * says one line. The rules themselves are in tsconfig.json, biome.json, .oxlintrc.json and knip.json.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const CHECKS = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty'] },
  { name: 'pages', args: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', '-p', 'web'] },
  {
    name: 'style',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '--max-diagnostics=50'],
    repair: 'npx biome check --write   puts right what can be put right by itself',
  },
  { name: 'promises', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  {
    name: 'unused',
    args: ['--import', './scripts/check/typescript-for-knip.mjs', 'node_modules/knip/bin/knip.js'],
    repair: 'remove what is named, or its "export" when only its own file uses it',
  },
];

function run(check) {
  return new Promise((done) => {
    const started = performance.now();
    const child = spawn(process.execPath, check.args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (data) => {
      output += data;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => done({ ...check, passed: false, output: error.message, seconds: 0 }));
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      done({ ...check, passed: code === 0, output: output.trim(), seconds });
    });
  });
}

function print({ name, passed, output, seconds, repair }) {
  console.log(`${passed ? '✓' : '✗'} ${name.padEnd(9)} ${seconds.toFixed(1)} s`);
  if (passed) return;
  console.log(`\n${output}\n`);
  if (repair !== undefined) console.log(`  ${repair}\n`);
}

const results = await Promise.all(CHECKS.map(run));
// What failed comes last: that is what the reader of a long output sees first.
for (const result of results.sort((a, b) => Number(b.passed) - Number(a.passed))) print(result);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
