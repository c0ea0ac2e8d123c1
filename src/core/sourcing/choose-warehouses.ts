/**
 * Chooses the warehouses that serve the items of one order by the rules of a rule set:
 *   1 which rules apply to each item   2 which warehouses may serve it   3 rank them, and wait for a better one if asked
 *   4 choose for all items with the same strategies and limits together   5 say how much each gives
 * Law: what is offered for an item is never more than it wants, and all offers together never more than a warehouse has.
 * It draws on a view of what is free; who takes the offers is the decision that asked.
 */
import type { Warehouse } from '../inventory/warehouse.ts';
import { type Instant, instant } from '../kernel/time.ts';
import { judgeWarehouses } from './candidates.ts';
import type { Choice, MatchedItem, Prepared, SourcingItem, SourcingOrder, SourcingView } from './choice.ts';
import { chooseForGroup } from './choose-for-group.ts';
import type { Plan } from './plan.ts';
import { bestOf, type Ranked, rankCandidates, strategiesThatScore } from './ranking.ts';
import { Remaining } from './remaining.ts';
import type { Scoring } from './scoring.ts';

const DAY_MS = 86_400_000;

/** One choice for each item, in their order. */
export function chooseWarehouses(
  order: SourcingOrder,
  items: readonly SourcingItem[],
  view: SourcingView,
): Choice[] {
  const rules = view.ruleSet.forOrder(order.channel.code, view.now, order.facts);
  const remaining = new Remaining(view, order.opened);
  const warehouses = order.channel.warehouses.flatMap((id) => {
    const warehouse = view.warehouses.get(id);
    return warehouse?.enabled === true ? [warehouse] : [];
  });
  const choices = new Map<SourcingItem, Choice>();
  for (const group of groupsOf(items.map((item) => ({ item, matched: rules.planFor(item.facts) })))) {
    const prepared = group.map((each) => prepare(order, each, { view, remaining, warehouses }));
    for (const choice of chooseForGroup(prepared, remaining)) choices.set(choice.item, choice);
  }
  return items.flatMap((item) => choices.get(item) ?? []);
}

/**
 * Items that are chosen for together, in the order of their first ones. Two items of one product are together only if the
 * same filters hold for them, so that what a warehouse has for one it has for the other.
 */
function groupsOf(items: readonly MatchedItem[]): MatchedItem[][] {
  const groups = new Map<string, MatchedItem[]>();
  for (const each of items) {
    let name = each.matched.plan.group;
    while (groups.get(name)?.every((other) => sharesStock(other, each)) === false) name += '+';
    const group = groups.get(name) ?? [];
    group.push(each);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function sharesStock(a: MatchedItem, b: MatchedItem): boolean {
  if (a.item.product !== b.item.product) return true;
  const { plan } = a.matched;
  const inFull = plan.filters.some(({ filter }) => filter.kind === 'in_stock_in_full');
  const waits = plan.strategies.some(({ kind }) => kind === 'wait_for_better');
  return (
    plan === b.matched.plan &&
    ((!inFull && !waits) || a.item.units === b.item.units) &&
    (!waits || a.item.waitingSince === b.item.waitingSince) &&
    a.item.rejectedBy.join() === b.item.rejectedBy.join()
  );
}

function prepare(
  order: SourcingOrder,
  { item, matched }: MatchedItem,
  {
    view,
    remaining,
    warehouses,
  }: {
    readonly view: SourcingView;
    readonly remaining: Remaining;
    readonly warehouses: readonly Warehouse[];
  },
): Prepared {
  const { plan } = matched;
  const { candidates, excluded } = judgeWarehouses(item.units, plan.filters, {
    warehouses,
    rejectedBy: item.rejectedBy,
    destination: order.destination,
    free: (warehouse) => remaining.free(item.product, warehouse),
    load: (warehouse) => remaining.load(warehouse),
    dailyDemand: (warehouse) => view.dailyDemand(item.product, warehouse),
    opened: (warehouse) => remaining.isOpened(warehouse),
  });
  const scoring: Scoring = {
    now: view.now,
    destination: order.destination,
    weightGrams: order.weightGrams,
    load: (warehouse) => remaining.load(warehouse),
  };
  const ranked = rankCandidates(candidates, {
    units: item.units,
    scores: plan.scores,
    scoring,
  });
  const waiting = waitForBetter(order, { item, plan, ranked }, view.now);
  const byWarehouse = new Map(waiting.ranked.map((each) => [each.warehouse.id, each]));
  return { item, matched, excluded, ...waiting, byWarehouse };
}

/** Leaves only the better warehouses to an item that may still wait for them. */
function waitForBetter(
  order: SourcingOrder,
  {
    item,
    plan,
    ranked,
  }: { readonly item: SourcingItem; readonly plan: Plan; readonly ranked: readonly Ranked[] },
  now: Instant,
): Pick<Prepared, 'ranked' | 'waitsFor'> {
  const index = plan.strategies.findIndex(({ kind }) => kind === 'wait_for_better');
  const strategy = plan.strategies[index];
  if (strategy?.kind !== 'wait_for_better' || !order.mayWait) return { ranked, waitsFor: null };
  const until = instant(item.waitingSince + strategy.days * DAY_MS);
  if (now >= until) return { ranked, waitsFor: null };
  const best = bestOf(ranked, strategiesThatScore(plan.strategies.slice(0, index)).length);
  return {
    ranked: ranked.filter(({ warehouse }) => best.has(warehouse.id)),
    waitsFor: { warehouses: [...best], until },
  };
}
