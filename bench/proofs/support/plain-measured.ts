/** How figures are computed plainly: sums, counts, shares, means and percentiles over lists. */
export type Value = number | bigint | null;
export type Measured<Fact> = (facts: readonly Fact[], at: number) => Value;

export function sum<Fact>(of: (fact: Fact) => number): Measured<Fact> {
  return (facts) => facts.reduce((total, fact) => total + of(fact), 0);
}
export function count<Fact>(where: (fact: Fact) => boolean): Measured<Fact> {
  return (facts) => facts.filter(where).length;
}
export function distinct<Fact>(
  of: (fact: Fact) => string,
  where: (fact: Fact) => boolean = () => true,
): Measured<Fact> {
  return (facts) => new Set(facts.filter(where).map(of)).size;
}
export function share<Fact>(part: Measured<Fact>, whole: Measured<Fact>): Measured<Fact> {
  return (facts, at) => {
    const [above, below] = [part(facts, at), whole(facts, at)];
    return above === null || below === null || Number(below) === 0 ? null : Number(above) / Number(below);
  };
}
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}
/** Between the two values that the place falls between, as percentile_cont does. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}
export function over<Fact>(
  of: (fact: Fact, at: number) => number | null,
  figure: (values: readonly number[]) => number | null,
): Measured<Fact> {
  return (facts, at) => figure(facts.map((fact) => of(fact, at)).filter((value) => value !== null));
}
