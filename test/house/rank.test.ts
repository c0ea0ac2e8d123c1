/** The rank and the unserved units are spelt in one place each; planted breaches are found. */
import { expect, test } from 'vitest';
import { otherSpellings } from './one-rank.ts';
import { describeBreaches, sourceFiles } from './source-files.ts';

test('the rank is spelt in one place', () => {
  expect(describeBreaches(otherSpellings(sourceFiles('src')))).toEqual([]);
});

test.each([
  'const a = sql`select i.backordered + i.preordered + i.unfillable from order_items i`;',
  'const a = sql`select 1 where backordered +\n  preordered + unfillable > 0`;',
  'const a = ({ buckets }: Item) => buckets.backordered + buckets.preordered + buckets.unfillable;',
  'const a = sql`order by (-i.priority), i.waiting_since, i.order_id`;',
  'const a = sql`where (-priority, waiting_since) > (1, now())`;',
  'const a = sql`order by i.priority desc, i.waiting_since, i.order_id`;',
  'const a = sql`order by b.last_priority desc`;',
  'const a = (x: Item, y: Item) => y.priority - x.priority;',
  'const a = x.item.waitingSince < y.item.waitingSince;',
])('planted breach %#', (code) => {
  const text = `/** A planted file. */\n${code}\n`;
  expect(otherSpellings([{ path: 'src/reads/planted.ts', text }]).length).toBeGreaterThan(0);
  expect(otherSpellings([{ path: 'src/laws/planted.ts', text }])).toEqual([]);
});

test.each([
  '/* ordered by (-priority), waiting_since */ const a = 1;',
  'const a = sql`select i.backordered, i.preordered, i.unfillable, i.waiting_since from order_items i`;',
  'const a = older ? order.priority : 0; const b = since < item.waitingSince;',
])('what only resembles one %#', (code) => {
  expect(otherSpellings([{ path: 'src/reads/planted.ts', text: `/** A file. */\n${code}\n` }])).toEqual([]);
});
