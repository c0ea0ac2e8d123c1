/**
 * Proof: the tests catch planted bugs. Each file of bench/mutants is one small fault as a patch, with a line that says what
 * it does and one that names the quick tests which watch the place. It is applied to a copy of the project, the tests are
 * run, and one of them has to fail. Before, all these tests must pass on the copy as it is: else a failure says nothing.
 *
 *   npm run proof:mutants -- [--only part-of-a-name] [--lanes 2] [--tested]
 *
 * With --tested the tests are not run on the copy as it is, since npm test has just passed.
 *
 * The last line is the figure; exits 1 when a mutant is not caught or a patch does not apply.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { startProgress } from '../../src/cli/progress.ts';
import { say } from '../support/options.ts';

const run = promisify(execFile);
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const FOLDER = join('bench', 'mutants');
/** Tests that were given a fault may wait for ever for what it keeps from happening. */
const LONGEST_RUN_MS = 300_000;
/** All of the tests, without a fault. */
const LONGEST_TESTS_MS = 3_600_000;
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

interface Mutant {
  readonly name: string;
  /** In one sentence. */
  readonly what: string;
  readonly tests: readonly string[];
}

interface Verdict {
  readonly mutant: Mutant;
  readonly caughtBy: string | undefined;
  readonly trouble?: string;
}

async function readMutants(only: string): Promise<Mutant[]> {
  const names = (await readdir(join(ROOT, FOLDER))).filter((name) => name.endsWith('.patch')).sort();
  const mutants = names.map(async (name): Promise<Mutant> => {
    const [what = '', tests = ''] = (await readFile(join(ROOT, FOLDER, name), 'utf8')).split('\n');
    if (!tests.startsWith('tests: ')) throw new Error(`the second line of ${name} names no tests`);
    return { name: name.replace('.patch', ''), what, tests: tests.slice('tests: '.length).split(' ') };
  });
  return (await Promise.all(mutants)).filter(({ name }) => name.includes(only));
}

/** The files that git knows, and the packages by a link. */
async function copyProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'allot-mutants-'));
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: MOST_OUTPUT_BYTES });
  for (const file of stdout.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(ROOT, file), join(copy, file));
  }
  for (const folder of ['node_modules', 'dist']) await symlink(join(ROOT, folder), join(copy, folder));
  return copy;
}

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs tests until one fails; answers with its name, undefined when all pass. */
async function firstFailing(
  copy: string,
  tests: readonly string[],
  longestMs = LONGEST_RUN_MS,
): Promise<string | undefined> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const report = join(copy, 'report.json');
  await rm(report, { force: true });
  const asked = ['run', ...tests, '--bail=1', '--reporter=json', `--outputFile=${report}`];
  const limits = { cwd: copy, timeout: longestMs, maxBuffer: MOST_OUTPUT_BYTES };
  const failure = await run(process.execPath, [vitest, ...asked], limits).then(
    () => undefined,
    (error: unknown) => error,
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return failure === undefined ? undefined : 'no test ended in time';
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(text) as TestReport;
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.find(({ status }) => status === 'failed');
  if (failed !== undefined) return failed.fullName.trim();
  if (numPassedTests + numFailedTests === 0) throw new Error(`none of ${tests.join(' ')} ran in ${copy}`);
  return failure === undefined ? undefined : 'a test file failed as a whole';
}

async function judge(copy: string, mutant: Mutant): Promise<Verdict> {
  const patch = join(ROOT, FOLDER, `${mutant.name}.patch`);
  try {
    await run('git', ['apply', patch], { cwd: copy });
  } catch (error) {
    return { mutant, caughtBy: undefined, trouble: `the patch does not apply: ${String(error)}` };
  }
  try {
    return { mutant, caughtBy: await firstFailing(copy, mutant.tests) };
  } finally {
    await run('git', ['apply', '-R', patch], { cwd: copy });
  }
}

async function judgeAll(
  mutants: readonly Mutant[],
  { lanes, tested }: { readonly lanes: number; readonly tested: boolean },
): Promise<Verdict[]> {
  const progress = startProgress({ label: 'planted bugs', total: mutants.length, unit: 'mutants' });
  const verdicts: Verdict[] = [];
  let next = 0;
  async function work(copy: string): Promise<void> {
    for (let mutant = mutants[next++]; mutant !== undefined; mutant = mutants[next++]) {
      const verdict = await judge(copy, mutant);
      verdicts.push(verdict);
      if (verdict.caughtBy === undefined) say(`\n${mutant.name}: ${verdict.trouble ?? 'not caught'}`);
      progress.advance(1);
    }
  }
  const copies = await Promise.all(Array.from({ length: lanes }, copyProject));
  try {
    const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
    const broken = tested ? undefined : await firstFailing(copies[0] ?? ROOT, tests, LONGEST_TESTS_MS);
    if (broken !== undefined) throw new Error(`fails without any planted bug: ${broken}`);
    await Promise.all(copies.map(work));
  } finally {
    for (const copy of copies) await rm(copy, { recursive: true, force: true });
  }
  progress.finish();
  return verdicts.sort((a, b) => (a.mutant.name < b.mutant.name ? -1 : 1));
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, lanes: { type: 'string' }, tested: { type: 'boolean' } },
});
const mutants = await readMutants(values.only ?? '');
const verdicts = await judgeAll(mutants, {
  lanes: Number(values.lanes ?? 2),
  tested: values.tested === true,
});
for (const { mutant, caughtBy, trouble } of verdicts) {
  const verdict = trouble ?? (caughtBy === undefined ? 'NOT CAUGHT' : `caught by "${caughtBy}"`);
  say(`${mutant.name}: ${mutant.what} ${verdict}`);
}
const caught = verdicts.filter(({ caughtBy }) => caughtBy !== undefined).length;
say(`mutants: ${caught} of ${verdicts.length} caught`);
process.exitCode = caught === verdicts.length ? 0 : 1;
