/**
 * SIGTERM and SIGINT: the first asks to stop in order, the second ends the process at once. Listening begins before
 * anything is started, so a signal during the start is not lost.
 */
import { remark } from './command.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** What a shell reports for a process ended by SIGINT. */
const ENDED_AT_ONCE = 130;

export interface StopSignals {
  /** Resolves at the first signal. */
  readonly stopped: Promise<void>;
  /** Signals mean again what they usually do. */
  forget(): void;
}

export function listenForStop(): StopSignals {
  let ask: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    ask = resolve;
  });
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(ENDED_AT_ONCE);
    asked = true;
    remark('stopping; once more ends it at once');
    ask();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    stopped,
    forget() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
