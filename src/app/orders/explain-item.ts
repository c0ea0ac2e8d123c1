/**
 * Explains one order item: how it stands now (what it has, who is ahead, what keeps each warehouse from
 * giving, when the next supply comes) and each decision as it was made, from what was stored with it. Codes
 * and figures; src/words makes sentences of them.
 */

import type { AnswerOf } from '../../contract/operations.ts';
import type { Explained, Standing } from '../../contract/sourcing/explanations.ts';
import { unknownOrder } from '../../core/allocation/order-attributes.ts';
import { sourceUnits } from '../../core/allocation/source-units.ts';
import { wishOf } from '../../core/allocation/waiting-wish.ts';
import { present } from '../../core/kernel/assert.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { onSnapshot, type Tx } from '../../db/database.ts';
import { readAvailable } from '../../db/inventory.ts';
import { readOrderAttributes } from '../../db/orders/order-attributes.ts';
import { readItems } from '../../db/orders/order-items.ts';
import { rankOf, readAhead } from '../../db/orders/queue-blocks.ts';
import { readItemDecisions, readItemNames, readRuleNames } from '../../reads/orders/item-decisions.ts';
import type { App } from '../frame/app.ts';
import { pegAhead, readOutlooks, waitingSlices } from '../frame/outlook.ts';
import { type Opened, openReader, readRules } from '../frame/reader.ts';
import { withRuleExclusions } from '../frame/rule-exclusions.ts';
import { worldOf } from '../frame/world/decision-world.ts';
import { explainedFrom, type Naming } from './explained.ts';

type Answer = AnswerOf<'explainItem'>;

export async function explainItem(
  app: App,
  { order, line }: { readonly order: OrderId; readonly line: number },
): Promise<Answer | undefined> {
  return await onSnapshot(app.db, async (tx) => {
    const items = await readItems(tx, [order]);
    const item = items.find((each) => each.line === line);
    if (item === undefined) return undefined;
    const reader = await openReader(app, tx, [item.product]);
    const { sku, warehouses } = await readItemNames(tx, item.product);
    const decisions = await readItemDecisions(tx, order, line);
    const versions = decisions.flatMap(({ explanation }) => explanation.rules?.version ?? []);
    const live = reader.configuration.ruleSet?.version;
    const rules = await readRuleNames(tx, live === undefined ? versions : [...versions, live]);
    const naming: Naming = { warehouses, rules };
    return {
      orderId: order,
      line,
      sku,
      now: await standing({ app, tx, reader, naming }, item),
      decisions: decisions.map(({ number, at, cause, explanation }) => ({
        number,
        at: isoInstant(at),
        cause,
        explanation: explainedFrom(explanation, naming),
      })),
    };
  });
}

interface Looking {
  readonly app: App;
  readonly tx: Tx;
  readonly reader: Opened;
  readonly naming: Naming;
}

async function standing(looking: Looking, item: OrderItem): Promise<Standing> {
  const { ordered, cancelled, allocated, shipped, pending } = item.buckets;
  const waits = unserved(item.buckets);
  const isQueued = waits > 0 && !item.bought;
  return {
    wanted: ordered - cancelled,
    shipped,
    allocated,
    pending,
    waits,
    bought: waits > 0 && item.bought,
    ahead: isQueued ? await unitsAhead(looking.tx, item) : null,
    explanation: isQueued ? await decidedNow(looking, item) : null,
    supply: waits > 0 ? await nextSupply(looking.reader, item) : [],
  };
}

async function unitsAhead(tx: Tx, item: OrderItem): Promise<number> {
  return (await readAhead(tx, [rankOf(item)])).reduce((sum, { units }) => sum + units, 0);
}

/** What would be decided if it were decided now. */
async function decidedNow({ app, tx, reader, naming }: Looking, item: OrderItem): Promise<Explained> {
  const rules = await readRules(app, reader);
  const attributes = (await readOrderAttributes(tx, [item.order])).get(item.order) ?? unknownOrder();
  const world = worldOf(reader, await readAvailable(tx, [item.product]), rules);
  const channel = present(world.channels.get(item.channel), 'the channel of an order exists');
  const [sourced] = sourceUnits({ channel, attributes, mayWait: true }, [wishOf(item)], world);
  return explainedFrom(present(sourced, 'an answer for each wish').explanation, naming);
}

async function nextSupply(reader: Opened, item: OrderItem): Promise<Standing['supply']> {
  const outlooks = await readOutlooks(reader, [item.product]);
  const [pegging] = await pegAhead(reader, outlooks, [rankOf(item)]);
  const outlook = outlooks.get(item.product);
  if (pegging === undefined || outlook === undefined) return [];
  const waiting = await withRuleExclusions(reader, [{ ...item, units: unserved(item.buckets) }]);
  return waiting.flatMap((each) => waitingSlices(reader, each, { outlook, pegging }));
}
