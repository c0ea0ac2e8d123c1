/**
 * What one sees in a test's shop. Every read first waits until all fills are done. Figures come without their zeros
 * ({ ordered: 10, allocated: 4, backordered: 6 }), so that comparing them checks every bucket and stays readable.
 */
import type { OrderView } from '../../src/contract/order-views.ts';
import type { TestServer } from './server.ts';
import { settled } from './settled.ts';
import type { ShopCatalog } from './shop-catalog.ts';

export type Figures = Readonly<Record<string, number>>;
export interface LevelFigures {
  readonly onHand: number;
  readonly allocated: number;
  readonly available: number;
}

export interface ShopReads {
  order(orderId: number): Promise<OrderView>;
  item(orderId: number, line?: number): Promise<OrderView['items'][number]>;
  /** The buckets of an item that are not empty. */
  units(orderId: number, line?: number): Promise<Figures>;
  /** Open units of an item by warehouse. */
  allocations(orderId: number, line?: number): Promise<Figures>;
  level(warehouse?: string, sku?: string): Promise<LevelFigures>;
  /** Available units in all warehouses. */
  available(sku?: string): Promise<number>;
  /** Ids of the orders in the waiting queue, first in line first. */
  queue(sku?: string): Promise<number[]>;
  /** The ledger, oldest movement first. */
  ledger(
    warehouse?: string,
    sku?: string,
  ): Promise<{ number: number; kind: string; units: number; balance: number }[]>;
}

function withoutZeros(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, units]) => units !== 0));
}

type ItemReads = Pick<ShopReads, 'order' | 'item' | 'units' | 'allocations'>;

function itemReadsOf({ client, address }: TestServer, { short }: ShopCatalog): ItemReads {
  async function order(orderId: number): Promise<OrderView> {
    await settled(address);
    return await client.must('getOrder', { params: { orderId } });
  }
  async function item(orderId: number, line = 1): Promise<OrderView['items'][number]> {
    const { items } = await order(orderId);
    const found = items.find((each) => each.line === line);
    if (found === undefined) throw new Error(`order ${orderId} has no line ${line}`);
    return found;
  }
  return {
    order,
    item,
    units: async (orderId, line) => withoutZeros((await item(orderId, line)).quantities),
    async allocations(orderId, line) {
      const { allocations } = await item(orderId, line);
      return withoutZeros(
        Object.fromEntries(allocations.map(({ warehouse, open }) => [short(warehouse), open])),
      );
    },
  };
}

export function readsOf(server: TestServer, catalog: ShopCatalog): ShopReads {
  const { client, address } = server;
  const { name } = catalog;
  return {
    ...itemReadsOf(server, catalog),
    async level(warehouse = 'W1', sku = 'P') {
      await settled(address);
      const query = { sku: name(sku), warehouse: name(warehouse) };
      const { rows } = await client.must('listInventoryLevels', { query });
      const { onHand = 0, allocated = 0, available = 0 } = rows[0] ?? {};
      return { onHand, allocated, available };
    },
    async available(sku = 'P') {
      await settled(address);
      const { levels } = await client.must('getProduct', { params: { sku: name(sku) } });
      return levels.reduce((sum, level) => sum + level.available, 0);
    },
    async queue(sku = 'P') {
      await settled(address);
      const { rows } = await client.must('listWaiting', { query: { sku: name(sku), limit: 200 } });
      return rows.map((row) => row.orderId);
    },
    async ledger(warehouse = 'W1', sku = 'P') {
      await settled(address);
      const query = { sku: name(sku), warehouse: name(warehouse), limit: 200 };
      const { rows } = await client.must('listMovements', { query });
      return rows.toReversed().map(({ number, kind, units, balance }) => ({ number, kind, units, balance }));
    },
  };
}
