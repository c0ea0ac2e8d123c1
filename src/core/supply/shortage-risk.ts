/**
 * How likely a product is to run short in the next days: whether what customers order until then is more than what is free and
 * arrives until then, at any moment on the way.
 *
 * Demand of t days is taken as normal with mean m·t and variance v·t, m and v those of the units ordered on a day lately, v
 * never below m (what arrives by chance varies at least like Poisson). Stock runs short before an arrival or at the
 * end, so only those moments are looked at, and the worst of them counts:
 *
 *   risk = max over t of P(D(t) > S(t)) = 1 − Φ((S(t) + ½ − m·t) / √(v·t))
 *
 * with S(t) what is free now and arrives before t (Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains,
 * 4th ed., ch. 6; the half is the continuity correction). The maximum is a lower bound of the risk that any of them
 * happens. It knows no seasons and no campaigns; how often it was right is kept and reported beside it.
 */
export interface Outlook {
  /** Free units without those that wait already; below 0: somebody waits. */
  readonly free: number;
  /** Units ordered in a day, mean and variance. */
  readonly perDay: number;
  readonly variance: number;
  /** What is on its way, in any order. */
  readonly arrivals: readonly Arrival[];
  readonly days: number;
}

export interface Arrival {
  /** 0: today. */
  readonly inDays: number;
  readonly units: number;
}

export interface ShortageRisk {
  /** 0 to 1. */
  readonly risk: number;
  /** Days until the mean demand has used up what there is; null: not in this time. */
  readonly runsOutIn: number | null;
}

export function shortageRisk({ free, perDay, variance, arrivals, days }: Outlook): ShortageRisk {
  if (free < 0) return { risk: 1, runsOutIn: 0 };
  const coming = arrivals.filter(({ inDays }) => inDays < days).sort((a, b) => a.inDays - b.inDays);
  const moments = [...new Set([...coming.map(({ inDays }) => inDays).filter((at) => at > 0), days])];
  const until = (at: number) =>
    coming.filter(({ inDays }) => inDays < at).reduce((sum, { units }) => sum + units, free);
  let risk = 0;
  let runsOutIn: number | null = null;
  for (const at of moments) {
    const supply = until(at);
    risk = Math.max(risk, chanceAbove(supply + 0.5, perDay * at, Math.max(variance, perDay) * at));
    if (runsOutIn === null && perDay * at > supply) runsOutIn = supply / perDay;
  }
  return { risk, runsOutIn };
}

/** P(X > value) of a normal variable. */
function chanceAbove(value: number, mean: number, variance: number): number {
  if (variance === 0) return value < mean ? 1 : 0;
  return 1 - normal((value - mean) / Math.sqrt(variance));
}

/** Φ, to 7.5 × 10⁻⁸ (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.17). */
function normal(z: number): number {
  if (z < 0) return 1 - normal(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
