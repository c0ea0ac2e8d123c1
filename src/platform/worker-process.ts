/**
 * A process of its own for work that may take no time from anybody: it runs only when nobody else wants the processor.
 * The two talk in messages; each ends when the other is gone.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** How long a worker may take to end by itself. */
const END_WITHIN_MS = 5_000;

export interface WorkerEvents {
  onMessage(message: unknown): void;
  /** It has ended, asked to or not. */
  onEnd(): void;
}

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  /** @param script a module, as it is built */
  constructor(script: URL, events: WorkerEvents) {
    // a session of its own: the scheduler shares the processor among sessions first
    this.#child = fork(fileURLToPath(script), [], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => events.onMessage(message));
    // A message to a process that has just ended fails; that it ended is told anyway.
    this.#child.on('error', () => undefined);
    this.#ended = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#ended.then(() => events.onEnd()).catch(() => undefined);
  }

  send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN_MS);
    await this.#ended;
    clearTimeout(late);
  }
}

/** From within a worker: the process that started it. */
export interface Parent {
  send(message: object): void;
}

/** Begins the life of a worker. @param onEnd the parent is gone or wants no more: the worker ends after it */
export function serveParent(onMessage: (message: unknown) => void, onEnd: () => Promise<void>): Parent {
  process.on('message', onMessage);
  process.once('disconnect', () => {
    // nobody is left to end what does not end by itself
    setTimeout(() => process.exit(1), END_WITHIN_MS);
    onEnd().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
  };
}

/** This process comes after all others. Where the system groups processes by session, nice alone would do nothing. */
export async function comeLast(): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW);
  await writeFile('/proc/self/autogroup', '19').catch(() => undefined);
}
