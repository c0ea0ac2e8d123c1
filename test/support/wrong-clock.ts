/**
 * The environment of a node whose own clock is wrong: whatever asks JavaScript for the time there is told another one. The
 * database keeps its clock, so a decision that differs was made by the node's.
 */

/** Runs in the child before anything else. */
function shiftDate(byMs: number): void {
  const Real = Date;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given, asked) =>
      Reflect.construct(target, given.length === 0 ? [target.now() + byMs] : given, asked),
    apply: (target) => new target(target.now() + byMs).toString(),
    get: (target, name) => (name === 'now' ? () => target.now() + byMs : Reflect.get(target, name, target)),
  });
}

/** @param byMs how far the clock is ahead; behind when negative */
export function wrongClock(byMs: number): Readonly<Record<string, string>> {
  const source = `(${shiftDate.toString()})(${byMs})`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(source)}` };
}
