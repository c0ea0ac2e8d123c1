#!/usr/bin/env node
/**
 * Checks the form of a commit message, in the file that git names: scripts/hooks/commit-msg calls it.
 *
 * Decision: only what a machine can say for sure (form, length, that there is a reason). Merges, reverts and
 * commits that will be joined to another one keep the form that git gives them.
 */
import { readFileSync } from 'node:fs';

const LONGEST_SUBJECT = 72;
const MADE_BY_GIT = /^(Merge|Revert|fixup!|squash!|amend!) ?/;

function whyWrong(message) {
  const [subject = '', second = '', ...body] = message.split('\n');
  if (MADE_BY_GIT.test(subject)) return [];
  const wrong = [];
  if (!/^[a-z][a-z-]*( [a-z-]+)*: [A-Z]/.test(subject)) wrong.push('begin with "area: Imperative sentence"');
  if (subject.length > LONGEST_SUBJECT)
    wrong.push(`say it in ${LONGEST_SUBJECT} characters (now ${subject.length})`);
  if (subject.endsWith('.')) wrong.push('leave out the full stop of the first line');
  if (second !== '') wrong.push('leave the second line empty');
  if (body.join('').trim() === '') wrong.push('say why, after an empty line');
  return wrong;
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file of a commit message: node scripts/check/commit-message.mjs FILE');
  process.exit(1);
}
const lines = readFileSync(file, 'utf8').split('\n');
const message = lines.filter((line) => !line.startsWith('#')).join('\n');
const wrong = whyWrong(message.trimEnd());
for (const each of wrong) console.error(`commit message: ${each}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
