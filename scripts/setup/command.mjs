/**
 * Running other programs during setup: one calm line while it goes well, all it said when it does not.
 *
 * Decision: the output of npm, tsc and apt-get is kept back, since a page of it tells a newcomer nothing; a failure
 * shows its end together with what to do.
 */
import { spawn } from 'node:child_process';

const SHOWN_LINES = 30;

/** A failure whose message says what to do; shown without a stack. */
export class SetupError extends Error {}

/** Runs a program; throws SetupError with the end of its output and `advice` when it fails. */
export async function run(program, args, { cwd, env, advice }) {
  const { code, output } = await capture(program, args, { cwd, env });
  if (code === 0) return output;
  const end = output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new SetupError(`${advice}\n\n${program} ${args.join(' ')} (exit code ${code}):\n${end}`);
}

/** Runs a program and says how it ended; a program that is not there ends with code 127. */
export function capture(program, args, { cwd, env } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (data) => {
      output += data;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => done({ code: 127, output: error.message }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** Says what is being done, does it, and says how long it took, on one line. */
export async function announced(what, work) {
  const started = performance.now();
  process.stdout.write(`${what} … `);
  try {
    const result = await work();
    process.stdout.write(`done (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
