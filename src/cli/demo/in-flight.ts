/**
 * Several requests at a time, never more than a given number: enough to keep a server of two cores busy, few enough
 * that a demo does not look like an attack. Work is begun in the order given.
 */
export async function inFlight<Item>(
  items: readonly Item[],
  most: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  async function lane(): Promise<void> {
    while (next < items.length) {
      const item = items[next++];
      if (item !== undefined) await act(item);
    }
  }
  const lanes = Array.from({ length: Math.min(most, items.length) }, lane);
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
