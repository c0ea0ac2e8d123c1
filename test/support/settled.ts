/**
 * What makes a test exact: it waits until nothing is outstanding, as the node's own gauges say, so what is read next is what
 * the waiting items got and what customers were told.
 */
import { outstanding } from '../../src/contract/outstanding.ts';
import { eventually } from './eventually.ts';

/** Waits until every waiting item has been offered the stock that became free. */
export async function settled(address: string): Promise<void> {
  await eventually('fills outstanding', async () =>
    (await outstanding(address, 'fills')) === 0 ? true : undefined,
  );
}

/** Waits until every customer has been told what moved. */
export async function promisesSettled(address: string): Promise<void> {
  await eventually('promises outstanding', async () =>
    (await outstanding(address, 'promises')) === 0 ? true : undefined,
  );
}
