/**
 * Explains one order item in words: how it stands now (what it has, who is ahead, what keeps each warehouse from giving,
 * when the next supply comes) and each decision as it was made, from what was stored with it.
 */
import type { AnswerOf } from '../../contract/operations.ts';
import { type Names, sentencesOf } from '../../core/allocation/explanation-in-words.ts';
import { unknownOrder } from '../../core/allocation/order-attributes.ts';
import { sourceUnits } from '../../core/allocation/source-units.ts';
import { wishOf } from '../../core/allocation/waiting-wish.ts';
import { present } from '../../core/kernel/assert.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import type { PromiseSlice } from '../../core/promises/promise.ts';
import { planOf } from '../../core/sourcing/plan.ts';
import { strategiesThatScore } from '../../core/sourcing/ranking.ts';
import { onSnapshot, type Tx } from '../../db/database.ts';
import { readAvailable } from '../../db/inventory.ts';
import { readOrderAttributes } from '../../db/orders/order-attributes.ts';
import { readItems } from '../../db/orders/order-items.ts';
import { rankOf, readAhead } from '../../db/orders/queue-blocks.ts';
import {
  type RuleNames,
  readItemDecisions,
  readItemNames,
  readRuleNames,
} from '../../reads/orders/item-decisions.ts';
import type { App } from '../frame/app.ts';
import { pegAhead, readOutlooks, waitingSlices } from '../frame/outlook.ts';
import { type Opened, openReader, readRules, worldOf } from '../frame/reader.ts';
import { withRuleExclusions } from '../frame/rule-exclusions.ts';

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
        sentences: sentencesOf(explanation, namesFor(naming, explanation.rules, 'past')),
      })),
    };
  });
}

interface Naming {
  readonly warehouses: ReadonlyMap<string, string>;
  readonly rules: RuleNames;
}

/** Names as one decision needs them: of the version it was made by. */
function namesFor(
  { warehouses, rules }: Naming,
  decided: { readonly version: number; readonly applied: readonly string[] } | undefined,
  tense: Names['tense'],
): Names {
  const named = rules.get(decided?.version ?? 0);
  const applied = (decided?.applied ?? []).flatMap((code) => named?.get(code) ?? []);
  const strategies = strategiesThatScore(planOf(applied).strategies);
  return {
    warehouse: (code) => {
      const name = warehouses.get(code);
      return name === undefined || name === code ? code : `${name} (${code})`;
    },
    rule: (code) => named?.get(code)?.name ?? code,
    strategies,
    tense,
  };
}

interface Looking {
  readonly app: App;
  readonly tx: Tx;
  readonly reader: Opened;
  readonly naming: Naming;
}

/** How the item stands now, in sentences. */
async function standing(looking: Looking, item: OrderItem): Promise<string[]> {
  const { ordered, cancelled, allocated, shipped, pending } = item.buckets;
  const waits = unserved(item.buckets);
  const wanted = ordered - cancelled;
  const parts = [
    ...(shipped > 0 ? [`${shipped} shipped`] : []),
    ...(allocated > 0 ? [`${allocated} allocated`] : []),
    ...(pending > 0 ? [`${pending} on hold`] : []),
    ...(waits > 0 ? [`${waits} ${waits === 1 ? 'waits' : 'wait'}`] : []),
  ];
  const head = `Of ${wanted} wanted: ${parts.length === 0 ? 'none is open' : parts.join(', ')}.`;
  return waits === 0 ? [head] : [head, ...(await whyItWaits(looking, item))];
}

async function whyItWaits({ app, tx, reader, naming }: Looking, item: OrderItem): Promise<string[]> {
  if (item.bought)
    return ['It waits for the purchase order that was made for it.', ...(await nextSupply(reader, item))];
  const ahead = (await readAhead(tx, [rankOf(item)])).reduce((sum, { units }) => sum + units, 0);
  const rules = await readRules(app, reader);
  const attributes = (await readOrderAttributes(tx, [item.order])).get(item.order) ?? unknownOrder();
  const world = worldOf(reader, await readAvailable(tx, [item.product]), rules);
  const channel = present(world.channels.get(item.channel), 'the channel of an order exists');
  const [sourced] = sourceUnits({ channel, attributes, mayWait: true }, [wishOf(item)], world);
  const { explanation } = present(sourced, 'an answer for each wish');
  return [
    ahead === 0 ? 'Nobody is ahead of it.' : `${ahead} ${ahead === 1 ? 'unit is' : 'units are'} ahead of it.`,
    ...sentencesOf(explanation, namesFor(naming, explanation.rules, 'now')),
    ...(await nextSupply(reader, item)),
  ];
}

async function nextSupply(reader: Opened, item: OrderItem): Promise<string[]> {
  const outlooks = await readOutlooks(reader, [item.product]);
  const [pegging] = await pegAhead(reader, outlooks, [rankOf(item)]);
  const outlook = outlooks.get(item.product);
  if (pegging === undefined || outlook === undefined) return [];
  const waiting = await withRuleExclusions(reader, [{ ...item, units: unserved(item.buckets) }]);
  return waiting.flatMap((each) => waitingSlices(reader, each, { outlook, pegging })).map(sliceSentence);
}

function sliceSentence({ units, on, source, purchaseOrder, confidence }: PromiseSlice): string {
  const what = `${units} ${units === 1 ? 'unit' : 'units'}`;
  if (on === null) return `${what}: no day is known, since nothing on order is left for them.`;
  const sure = confidence === null ? '' : `, ${confidence} % sure`;
  const from: Record<PromiseSlice['source'], string> = {
    stock: 'from stock',
    purchase_order: `from purchase order ${purchaseOrder ?? ''}${sure}`,
    release: 'at the release',
    lead_time: 'if it is ordered today',
    unknown: '',
  };
  return `${what} can ship on ${on}, ${from[source]}.`;
}
