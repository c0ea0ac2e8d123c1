/** Supply and its forks: what is tried is taken from a fork, and reaches the supply when it is committed. */
import { expect, it } from 'vitest';
import type { Warehouse } from '../../inventory/warehouse.ts';
import { productId, warehouseId } from '../../kernel/ids.ts';
import { quantity } from '../../kernel/quantity.ts';
import { Supply } from './supply.ts';

const P = productId(1);
const W1 = warehouseId(1);
const NO_WAREHOUSES: ReadonlyMap<typeof W1, Warehouse> = new Map();
const five = () => new Supply([{ product: P, warehouse: W1, units: 5 }]);
const take = (supply: Supply, units: number) =>
  supply.take(P, [{ warehouse: W1, units: quantity(units) }], NO_WAREHOUSES);

it('a fork that is forgotten leaves everything', () => {
  const supply = five();
  const fork = supply.fork();
  take(fork, 3);
  expect([fork.total(P), supply.total(P)]).toEqual([2, 5]);
});

it('a fork that is committed has taken what it took', () => {
  const supply = five();
  const fork = supply.fork();
  take(fork, 3);
  fork.commit();
  take(supply, 1);
  expect([fork.total(P), supply.total(P)]).toEqual([1, 1]);
});

it('nobody takes more than is free, and only a fork is committed', () => {
  const supply = five();
  expect(() => take(supply.fork(), 6)).toThrow('more than is free');
  expect(() => supply.commit()).toThrow('only a fork');
});
