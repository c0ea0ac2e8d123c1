/**
 * What a node still owes, as its own gauges tell it in /metrics: products with free stock owed to those who wait, and products
 * of which customers may have to be told something new. Whoever waits until nothing is owed asks here, in whatever way it
 * waits; a node that does not tell is a bug, never an answer of 0.
 */
export const OUTSTANDING = {
  fills: 'allot_fills_outstanding',
  promises: 'allot_promises_outstanding',
} as const;

type Owed = keyof typeof OUTSTANDING;

/** Products of which so much is owed just now. */
export async function outstanding(address: string, owed: Owed): Promise<number> {
  const response = await fetch(`${address}/metrics`);
  const gauge = new RegExp(`^${OUTSTANDING[owed]}(?:\\{[^}]*\\})? (\\d+)`, 'm');
  const found = gauge.exec(await response.text());
  if (found === null) throw new Error(`${address}/metrics does not tell ${OUTSTANDING[owed]}`);
  return Number(found[1]);
}
