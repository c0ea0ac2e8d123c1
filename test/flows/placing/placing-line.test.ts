/**
 * The line of orders is bounded by time: nobody waits for longer than an answer is worth, nothing is done for those who have
 * gone, and who would have to wait for too long is told when to come again.
 */
import { describe, expect, it } from 'vitest';
import { type Asker, OverloadedError } from '../../../src/app/frame/overload.ts';
import { OrderBatcher } from '../../../src/app/placing/order-batcher.ts';
import { type PlaceRequest, placeRequest } from '../../../src/app/placing/place-request.ts';
import { PlacingLine, type Waiting } from '../../../src/app/placing/placing-line.ts';
import { order } from '../../../src/contract/orders.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

const server = useTestServer();
const PATIENT: Asker = { hasLeft: () => false, patienceMs: 600_000 };
const NO_LOCKS = { findHeld: async () => new Set<string>(), waitFor: async () => undefined };

function requestOf(number: string): PlaceRequest {
  return placeRequest(order.parse({ channel: 'C', number, items: [{ sku: number, quantity: 1 }] }));
}

/** A batcher whose batches end when told. */
function openBatcher() {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const batcher = new OrderBatcher(async (requests) => {
    batches.push(requests.map(({ order: { number } }) => number));
    await new Promise<void>((resolve) => ends.push(resolve));
    throw new OverloadedError('the batch ended', { retryAfterMs: 0 });
  }, NO_LOCKS);
  const place = (number: string, asker: Asker = PATIENT) =>
    batcher.place(requestOf(number), asker).catch((error: unknown) => String(error));
  return { batches, ends, place };
}

describe('the line of orders', () => {
  it('places nothing for a client that has gone', async () => {
    const { batches, ends, place } = openBatcher();
    const first = place('1');
    const gone = place('2', { ...PATIENT, hasLeft: () => true });
    void place('3');
    ends[0]?.();
    expect(await first).toContain('the batch ended');
    expect(await gone).toContain('has gone');
    expect(batches).toEqual([['1'], ['3']]);
    ends[1]?.();
  });

  it('turns away who has waited for longer than the answer is worth, also while nothing moves', async () => {
    const { batches, ends, place } = openBatcher();
    void place('1');
    void place('2');
    expect(await place('3', { ...PATIENT, patienceMs: 0 })).toContain('was not placed');
    expect(batches.flat()).not.toContain('3');
    for (const end of ends) end();
  });

  it('is full when those in line take longer than a second, and says how long', () => {
    const line = new PlacingLine();
    expect(line.whyFull(0)).toBeUndefined();
    line.end(0, 100_000);
    const crowd = Array.from({ length: 64 }, (_, index): Waiting => {
      const answer = { resolve: () => undefined, reject: () => undefined };
      return { request: requestOf(`N${index}`), asker: PATIENT, since: 0, until: 600_000, ...answer };
    });
    for (const each of crowd) line.join(each);
    expect(line.whyFull(0)?.retryAfterSeconds).toBeGreaterThan(1);
    const { batch } = line.take({ busy: new Set(), isHeld: () => false }, 0);
    expect(batch).toHaveLength(64);
    line.end(64, undefined);
    expect(line.whyFull(0)).toBeUndefined();
  });

  it('does nothing for a request whose time is over, and says when to come again', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const body = { channel: shop.name('G'), number: 'A-1', items: [{ sku: shop.name('P'), quantity: 1 }] };
    const send = (prefer: string) =>
      fetch(`${server().address}/v1/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', prefer },
        body: JSON.stringify(body),
      });
    const late = await send('wait=0');
    expect([late.status, await late.json()]).toMatchObject([503, { code: 'overloaded' }]);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    const { rows } = await server().client.must('listOrders', { query: { channel: shop.name('G') } });
    expect(rows).toEqual([]);
    expect((await send('respond-async, wait=60')).status).toBe(201);
  });
});
