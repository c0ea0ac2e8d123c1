/**
 * A step that brings databases to their schema never changes once it was released: databases out there have run it, and
 * would differ from new ones for ever. What is wrong in one is put right by a new one.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/db/schema/schema.ts';

/** SHA-256 of each step's text, its first 16 digits. A new step gets its row when it is released. */
const DIGESTS: Readonly<Record<string, string>> = {
  '0001-core': '609a87df04fb9117',
  '0002-lean-orders': 'eb77305b60f0f80c',
  '0003-supply': '3004b49a7ff42ccb',
  '0004-sourcing': 'fc0c2cb70afde27d',
  '0005-shadow-rules': 'c770c3f7337acd0f',
  '0006-day-facts': 'cd85aefe63932f23',
  '0007-saved-reports': 'b706fac417ea67f1',
  '0008-risk-scores': '985ca908465f0d09',
  '0009-report-store': 'd523651d4163a6ae',
  '0010-answers-as-text': '5d0cdbf67e5c425e',
  '0011-set-aside': 'e227f9d044c1c8b5',
  '0012-bounds': '86f7148a34e78eb2',
  '0013-same-shape': '4b9ceb884d9534f3',
};

test('released steps are as they were released', () => {
  const digests = Object.fromEntries(
    Object.entries(MIGRATIONS).map(([name, text]) => [
      name,
      createHash('sha256').update(text).digest('hex').slice(0, 16),
    ]),
  );
  expect(digests).toMatchObject(DIGESTS);
});

test('steps are in the order of their names', () => {
  expect(Object.keys(MIGRATIONS)).toEqual(Object.keys(MIGRATIONS).toSorted());
});
