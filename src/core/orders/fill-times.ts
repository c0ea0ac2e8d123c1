/**
 * Time to fulfil with the open items counted: the share that still waits after so many days, as Kaplan and Meier estimate it
 * (JASA 53, 1958). An item that waits until now, or gave up, says that it took longer than that; leaving such items out, as a
 * plain average of the filled ones does, makes a shop look the better the longer its worst items wait.
 */

/** Items whose waiting ended on a day, counted from 0 on. */
export interface DayOfWaiting {
  readonly day: number;
  readonly filled: number;
  /** Waits until now, or was given up: nothing is known beyond this day. */
  readonly open: number;
}

export interface Survival {
  readonly day: number;
  /** Share of the items that still wait at the end of the day, 0 to 1. */
  readonly waiting: number;
}

/** One step for each day on which something was filled; 1 before the first of them. */
export function survivalOf(days: readonly DayOfWaiting[]): Survival[] {
  const sorted = [...days].sort((a, b) => a.day - b.day);
  let left = sorted.reduce((sum, { filled, open }) => sum + filled + open, 0);
  let waiting = 1;
  const curve: Survival[] = [];
  for (const { day, filled, open } of sorted) {
    if (filled > 0) {
      waiting *= 1 - filled / left;
      curve.push({ day, waiting });
    }
    left -= filled + open;
  }
  return curve;
}

/** The first day at whose end no more than a share still waits; null when it was not reached. */
export function dayReached(curve: readonly Survival[], share: number): number | null {
  // one part in 10^12 for what was rounded on the way
  return curve.find(({ waiting }) => waiting <= share + 1e-12)?.day ?? null;
}
