/**
 * Channels and warehouses as decisions need them. They are small and rarely change, so a node keeps them in memory;
 * the version row is read under the gate's locks and tells whether the copy is still true.
 */
import { sql } from 'kysely';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import type { ChannelId, WarehouseId } from '../../core/kernel/ids.ts';
import type { RuleSet } from '../../core/sourcing/rule-set.ts';
import type { Tx } from '../database.ts';
import { mayKeep } from './kept-by-version.ts';
import { readRuleSet } from './rule-sets.ts';

export interface Configuration {
  readonly version: number;
  readonly channels: ReadonlyMap<ChannelId, SalesChannel>;
  readonly channelsByCode: ReadonlyMap<string, SalesChannel>;
  readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  readonly warehousesByCode: ReadonlyMap<string, Warehouse>;
  /** The share of promises that should be kept, in percent. */
  readonly promiseConfidence: number;
  /** Days a promise may move without the customer being told. */
  readonly quietDays: number;
  /** The sourcing rules in force; null: none, and the channel's order of preference decides. */
  readonly ruleSet: RuleSet | null;
  /** A rule set that is computed beside it and decides nothing; null: none. */
  readonly shadow: RuleSet | null;
}

interface Settings extends Pick<Configuration, 'promiseConfidence' | 'quietDays' | 'version'> {
  readonly live: number | null;
  readonly shadow: number | null;
}

const DEFAULT_CONFIDENCE = 80;

/** As it is for this transaction, with the version under which it stands. */
async function loadConfiguration(tx: Tx): Promise<Configuration> {
  const channels = await sql<SalesChannel>`
    select id, code, currency, time_zone as "timeZone", acceptance, shipping,
      when_incomplete as "whenIncomplete", enabled,
      array(select warehouse_id from channel_warehouses where channel_id = id order by preference) as warehouses
    from sales_channels`.execute(tx);
  const warehouses = await sql<Warehouse>`
    select id, code, kind, stock, enabled, country, latitude, longitude, time_zone as "timeZone", handling_days as "handlingDays",
      closed_weekdays as "closedWeekdays", closed_dates::text[] as "closedDates"
    from warehouses`.execute(tx);
  // Read last: what was read before it is at most as new, and the same when the version is still the one asked for.
  const settings = await sql<Settings>`
    select revision as version, promise_confidence as "promiseConfidence", quiet_days as "quietDays", live_rule_set as live,
      shadow_rule_set as shadow from configuration`.execute(tx);
  const [row] = settings.rows;
  return {
    promiseConfidence: row?.promiseConfidence ?? DEFAULT_CONFIDENCE,
    quietDays: row?.quietDays ?? 0,
    ruleSet: await ruleSetOf(tx, row?.live),
    shadow: await ruleSetOf(tx, row?.shadow),
    version: row?.version ?? 0,
    channels: new Map(channels.rows.map((row) => [row.id, row])),
    channelsByCode: new Map(channels.rows.map((row) => [row.code, row])),
    warehouses: new Map(warehouses.rows.map((row) => [row.id, row])),
    warehousesByCode: new Map(warehouses.rows.map((row) => [row.code, row])),
  };
}

async function ruleSetOf(tx: Tx, version: number | null | undefined): Promise<RuleSet | null> {
  return version == null ? null : ((await readRuleSet(tx, version)) ?? null);
}

/**
 * The copy a node keeps, one per node. It only moves forward, and is never what a transaction wrote that may still be undone:
 * such a one, and who looks at an older snapshot, gets what it read for itself.
 */
export class ConfigurationCache {
  #current: Configuration | undefined;

  /** @param version the version read in this transaction, after its locks */
  async at(tx: Tx, version: number): Promise<Configuration> {
    const current = this.#current;
    if (current?.version === version && mayKeep(tx)) return current;
    const loaded = await loadConfiguration(tx);
    const known = this.#current?.version ?? -1;
    if (loaded.version === version && version > known && mayKeep(tx)) this.#current = loaded;
    return loaded;
  }
}

export async function raiseConfigurationVersion(tx: Tx): Promise<void> {
  await sql`update configuration set revision = revision + 1`.execute(tx);
}

export async function setPromiseSettings(
  tx: Tx,
  { promiseConfidence, quietDays }: Pick<Configuration, 'promiseConfidence' | 'quietDays'>,
): Promise<void> {
  await sql`
    update configuration set promise_confidence = ${promiseConfidence}, quiet_days = ${quietDays}`.execute(
    tx,
  );
}
