/** Runs the real command line as a process of its own, and gives back what it said and how it ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output has said something that matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** @param environment beside that of the tests; DATABASE_URL and ALLOT_DATA_DIR only count when given here */
export function startCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Started {
  const { DATABASE_URL: _, ALLOT_DATA_DIR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }));
  return {
    child,
    ended,
    async said(pattern) {
      for (;;) {
        const found = pattern.exec(out);
        if (found !== null) return found;
        const closed = await Promise.race([
          once(child.stdout, 'data').then(() => false),
          ended.then(() => true),
        ]);
        if (closed && pattern.exec(out) === null)
          throw new Error(`it ended without saying ${pattern}:\n${out}${err}`);
      }
    },
  };
}

export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return await startCommand(args, environment).ended;
}
