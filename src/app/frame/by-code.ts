/** Finds what a request names by its code in the configuration that a decision is made by, or refuses it. */
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import { unknownChannel, unknownWarehouse } from './refusals.ts';

/** A gate, a reader, or whatever else decides by one configuration. */
interface Deciding {
  readonly configuration: Configuration;
}

export function channelByCode({ configuration }: Deciding, code: string): Outcome<SalesChannel> {
  const value = configuration.channelsByCode.get(code);
  return value === undefined ? unknownChannel(code) : { ok: true, value };
}

export function warehouseByCode({ configuration }: Deciding, code: string): Outcome<Warehouse> {
  const value = configuration.warehousesByCode.get(code);
  return value === undefined ? unknownWarehouse(code) : { ok: true, value };
}
