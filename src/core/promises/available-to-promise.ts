/**
 * Available to promise: what can still be promised for a day, so that nothing is promised twice.
 *
 * Supply and promised demand are given by period (a day, a week). A shortage of a period is first taken from what
 * earlier periods have left, the nearest first (backward consumption): those units are spoken for, though they come
 * early. What remains adds up from period to period. Where demand never exceeds supply this equals the look-ahead
 *   A(t) = min over u >= t of (supply up to u − demand up to u),
 * so that a promise made within A(t) can make no earlier promise late.
 *
 * Source: Oracle Advanced Supply Chain Planning, "ATP with backward consumption and accumulation".
 */

/** Units of one period. */
export interface Period {
  readonly supply: number;
  readonly demand: number;
}

export interface PromisablePeriod {
  /** Supply − demand of the period alone. */
  readonly net: number;
  /** What the period has left after later shortages took theirs; negative: a shortage nobody earlier could cover. */
  readonly left: number;
  /** What can be promised for this period: all that is left up to it. Negative like `left`. */
  readonly available: number;
}

/** By period, in their order. */
export function availableToPromise(periods: readonly Period[]): PromisablePeriod[] {
  const nets = periods.map(({ supply, demand }) => supply - demand);
  const lefts = consumeBackward(nets);
  let before = 0;
  return nets.map((net, index) => {
    const left = lefts[index] ?? 0;
    const available = Math.max(before, 0) + left;
    before = available;
    return { net, left, available };
  });
}

/** Each shortage takes from the nearest earlier periods that have something left. */
function consumeBackward(nets: readonly number[]): number[] {
  const lefts = [...nets];
  for (let short = 0; short < lefts.length; short++) {
    for (let from = short - 1; from >= 0 && (lefts[short] ?? 0) < 0; from--) {
      const taken = Math.min(Math.max(lefts[from] ?? 0, 0), -(lefts[short] ?? 0));
      lefts[from] = (lefts[from] ?? 0) - taken;
      lefts[short] = (lefts[short] ?? 0) + taken;
    }
  }
  return lefts;
}
