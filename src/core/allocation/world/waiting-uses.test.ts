/** What waits, counted for limits: nobody is judged by a number that was not read. */
import { expect, it } from 'vitest';
import { channelId, productId } from '../../kernel/ids.ts';
import { WaitingUses } from './waiting-uses.ts';

const use = { product: productId(1), channel: channelId(2), customer: 'Ann' };

it('what was not loaded is a bug to ask for, not a zero', () => {
  const uses = new WaitingUses();
  const outstanding = uses.outstanding('backorder', use, 0);
  expect(() => outstanding.product).toThrow('backorder/1 is not loaded');
  expect(() => outstanding.channel).toThrow('backorder/1/2 is not loaded');
  expect(() => outstanding.customer).toThrow('backorder/1/2/Ann is not loaded');
  expect(() => outstanding.incoming).toThrow('product 1 is not loaded');
  expect(() => uses.add('backorder', use, 1)).toThrow('backorder/1 is not loaded');
});

it('what is decided counts for the next, in the scopes that are counted', () => {
  const uses = new WaitingUses();
  uses.set('backorder', [1], 4);
  uses.set('preorder', [1], 1);
  uses.set('backorder', [1, 2], 3);
  uses.add('backorder', use, 2);
  const outstanding = uses.outstanding('backorder', use, 0);
  expect([outstanding.product, outstanding.channel, outstanding.waiting]).toEqual([6, 5, 7]);
  expect(() => outstanding.customer).toThrow('not loaded');
});

it('a guest has what his order has, and a fork leaves no trace', () => {
  const uses = new WaitingUses();
  uses.set('backorder', [1], 4);
  const guest = { ...use, customer: null };
  expect(uses.outstanding('backorder', guest, 3).customer).toBe(3);
  const fork = new WaitingUses(uses);
  fork.add('backorder', guest, 5);
  expect(fork.outstanding('backorder', guest, 0).product).toBe(9);
  expect(uses.outstanding('backorder', guest, 0).product).toBe(4);
});
