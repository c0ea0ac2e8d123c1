/**
 * What a test's shop has: channels, warehouses and products, written whole with PUT. A second `put` of the same code
 * changes only what it names, so a story can say "W2 is switched on" and nothing else.
 */
import type { z } from 'zod';
import type { CallInput, Client } from '../../src/contract/call.ts';
import type { policy } from '../../src/contract/catalog.ts';

type Body<Id extends 'putSalesChannel' | 'putWarehouse'> = NonNullable<CallInput<Id>['body']>;
export type ChannelInput = Body<'putSalesChannel'>;
export type WarehouseInput = Body<'putWarehouse'>;
export type PolicyInput = z.input<typeof policy>;

export interface ShopCatalog {
  /** The code a short name stands for: W1 is W1-7. */
  name(short: string): string;
  /** The short name of a code. */
  short(code: string): string;
  putWarehouse(code: string, warehouse?: Partial<WarehouseInput>): Promise<void>;
  /** Warehouses by short name. */
  putChannel(code: string, channel: Partial<ChannelInput>): Promise<void>;
  putProduct(sku: string, policy: PolicyInput): Promise<void>;
  putChannelPolicy(sku: string, channel: string, policy: PolicyInput): Promise<void>;
  deleteChannelPolicy(sku: string, channel: string): Promise<void>;
}

const NEW_WAREHOUSE: WarehouseInput = { name: 'Warehouse', kind: 'own', timeZone: 'Europe/Amsterdam' };
const NEW_CHANNEL: ChannelInput = {
  name: 'Channel',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  warehouses: [],
};

export function catalogOf(client: Client, suffix: string): ShopCatalog {
  const channels = new Map<string, ChannelInput>();
  const warehouses = new Map<string, WarehouseInput>();
  const name = (short: string) => `${short}${suffix}`;
  return {
    name,
    short: (code) => (code.endsWith(suffix) ? code.slice(0, -suffix.length) : code),
    async putWarehouse(code, warehouse = {}) {
      const body = { ...(warehouses.get(code) ?? NEW_WAREHOUSE), ...warehouse };
      await client.must('putWarehouse', { params: { warehouse: name(code) }, body });
      warehouses.set(code, body);
    },
    async putChannel(code, channel) {
      const named = channel.warehouses === undefined ? {} : { warehouses: channel.warehouses.map(name) };
      const body = { ...(channels.get(code) ?? NEW_CHANNEL), ...channel, ...named };
      await client.must('putSalesChannel', { params: { channel: name(code) }, body });
      channels.set(code, body);
    },
    async putProduct(sku, policy) {
      await client.must('putProduct', {
        params: { sku: name(sku) },
        body: { name: `Product ${sku}`, policy },
      });
    },
    async putChannelPolicy(sku, channel, policy) {
      const params = { sku: name(sku), channel: name(channel) };
      await client.must('putChannelPolicy', { params, body: policy });
    },
    async deleteChannelPolicy(sku, channel) {
      await client.must('deleteChannelPolicy', { params: { sku: name(sku), channel: name(channel) } });
    },
  };
}
