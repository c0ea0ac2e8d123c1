/**
 * Keeps what is shown true: listens to the server's stream of changes while the page is looked at, and asks again for what
 * is shown when something changed. A page that nobody sees holds no connection; when it is looked at again it goes on
 * from the last change it saw, so nothing is missed.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** What is shown is asked again no more often than this, in milliseconds. */
const ASK_EVERY_MS = 1_000;
/** Wait before connecting again when the server refused, in milliseconds. */
const AGAIN_MS = 3_000;
/** The server is heard at least every 15 seconds; without a word for so long, the connection is no more. */
const SILENCE_MS = 40_000;

export interface Liveness {
  /** Since when what is shown may be behind; undefined: it is live. */
  readonly lostAt: string | undefined;
}

export function useLive(): Liveness {
  const answers = useQueryClient();
  const [lostAt, setLostAt] = useState<string>();
  useEffect(() => {
    const lose = () => setLostAt((at) => at ?? new Date().toISOString());
    const refresh = spaced(() => {
      // what is being asked for just now is new anyway
      void answers.invalidateQueries({
        predicate: ({ state, queryKey }) => state.data !== undefined && !REPORTS.has(queryKey[0]),
      });
    });
    return watch({ changed: refresh, lost: lose, back: () => setLostAt(undefined) });
  }, [answers]);
  return { lostAt };
}

/** Reports read much: they are asked again at their own pace. */
const REPORTS: ReadonlySet<unknown> = new Set(['runReport', 'listReportRows', 'getFillTimes', 'listAtRisk']);

/** Runs at once, and then at most once in each interval. */
function spaced(act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let planned: ReturnType<typeof setTimeout> | undefined;
  return () => {
    if (planned !== undefined) return;
    const wait = Math.max(0, last + ASK_EVERY_MS - performance.now());
    planned = setTimeout(() => {
      planned = undefined;
      last = performance.now();
      act();
    }, wait);
  };
}

interface Watching {
  readonly changed: () => void;
  readonly lost: () => void;
  readonly back: () => void;
}

/** @returns ends the watching */
function watch({ changed, lost, back }: Watching): () => void {
  let seen = '';
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  function openIn(milliseconds: number): void {
    clearTimeout(again);
    again = setTimeout(open, milliseconds);
  }
  function hear(): void {
    back();
    openIn(SILENCE_MS);
  }
  function open(): void {
    source?.close();
    source = new EventSource(`/v1/changes${seen === '' ? '' : `?since=${encodeURIComponent(seen)}`}`);
    source.addEventListener('change', (event) => {
      seen = event.lastEventId;
      hear();
      changed();
    });
    source.addEventListener('open', hear);
    source.addEventListener('beat', hear);
    source.addEventListener('lost', lost);
    source.addEventListener('error', () => {
      lost();
      openIn(AGAIN_MS);
    });
  }
  function close(): void {
    clearTimeout(again);
    source?.close();
  }
  function look(): void {
    if (document.visibilityState === 'visible') open();
    else close();
  }
  function leave(): void {
    close();
    lost();
  }
  document.addEventListener('visibilitychange', look);
  window.addEventListener('offline', leave);
  window.addEventListener('online', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('offline', leave);
    window.removeEventListener('online', look);
    close();
  };
}
