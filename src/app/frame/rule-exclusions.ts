/**
 * Items that wait, with the warehouses that rules keep from them: what lies or comes there is nothing that they can be
 * promised, nor do they take it from others. Reads nothing while the rules in force keep no warehouse from anybody.
 */
import { excludedByRules } from '../../core/allocation/excluded-by-rules.ts';
import { wishOf } from '../../core/allocation/waiting-wish.ts';
import type { OrderId, WarehouseId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import { readProductFacts } from '../../db/catalog/product-facts.ts';
import type { Tx } from '../../db/database.ts';
import { readOrderAttributes } from '../../db/orders/order-attributes.ts';
import { readItems } from '../../db/orders/order-items.ts';

interface Look {
  readonly tx: Tx;
  readonly now: Instant;
  readonly configuration: Configuration;
}

interface Waiting {
  readonly order: OrderId;
  readonly line: number;
}

/** Warehouses of its channel that rules keep from an item, whatever they have. */
export interface Excluded {
  readonly excluded: readonly WarehouseId[];
}

const NONE: Excluded = { excluded: [] };

export async function withRuleExclusions<Item extends Waiting>(
  { tx, now, configuration }: Look,
  items: readonly Item[],
): Promise<(Item & Excluded)[]> {
  const { ruleSet, warehouses, channels } = configuration;
  if (ruleSet?.restricts !== true) return items.map((item) => ({ ...item, ...NONE }));
  if (items.length === 0) return [];
  const orders = [...new Set(items.map(({ order }) => order))];
  const [attributes, stored] = await Promise.all([readOrderAttributes(tx, orders), readItems(tx, orders)]);
  const facts = await readProductFacts(tx, [...new Set(stored.map(({ product }) => product))]);
  const byKey = new Map(stored.map((item) => [`${item.order}/${item.line}`, item]));
  const product: Parameters<typeof excludedByRules>[2]['product'] = (id) =>
    facts.get(id) ?? { sku: '', name: '', tags: [] };
  return items.map((item) => {
    const full = byKey.get(`${item.order}/${item.line}`);
    const channel = full && channels.get(full.channel);
    const known = attributes.get(item.order);
    if (full === undefined || channel === undefined || known === undefined) return { ...item, ...NONE };
    const excluded = excludedByRules({ channel, attributes: known }, wishOf(full), {
      now,
      warehouses,
      ruleSet,
      product,
    });
    return { ...item, excluded };
  });
}
