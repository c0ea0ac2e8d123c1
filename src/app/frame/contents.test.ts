/** Fingerprints of repeats: what was kept by versions before is still recognised, and each text is written once. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { order } from '../../contract/orders.ts';
import { placeRequest } from '../placing/place-request.ts';
import { Contents } from './contents.ts';

function fingerprintBefore(contents: unknown): string {
  return createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 22);
}

const placed = order.parse({
  channel: 'G',
  number: 'A-1',
  shipTo: { country: 'NL', postcode: '1011' },
  items: [{ sku: 'P', quantity: 2 }],
});

test('an order that a version before kept is the same order', () => {
  const { meant } = placeRequest(placed);
  expect(meant.isSame(fingerprintBefore(placed))).toBe(true);
  const { customerGroup: _, ...beforeGroups } = placed;
  expect(meant.isSame(fingerprintBefore(beforeGroups))).toBe(true);
  expect(meant.isSame(fingerprintBefore({ ...placed, priority: 1 }))).toBe(false);
});

test('an order of a group that did not exist then is another order', () => {
  const { meant } = placeRequest({ ...placed, customerGroup: 'trade' });
  const { customerGroup: _, ...beforeGroups } = placed;
  expect(meant.isSame(fingerprintBefore(beforeGroups))).toBe(false);
});

test('a fingerprint is made once, and only when it is asked for', () => {
  let written = 0;
  const contents = new Contents(
    () => {
      written += 1;
      return 'text';
    },
    () => ['"before"'],
  );
  expect(contents.isSame(fingerprintBefore('before'))).toBe(true);
  expect(written).toBe(0);
  expect(contents.isSame(contents.hash)).toBe(true);
  expect(contents.isSame(`${contents.hash}x`)).toBe(false);
  expect(written).toBe(1);
});
