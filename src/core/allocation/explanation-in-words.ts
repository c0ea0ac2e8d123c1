/**
 * A stored explanation as sentences that a merchant reads: which rules applied, what each warehouse had, gave or kept and
 * why, what the rest waits for. It says only what was stored with the decision, and names rules and warehouses as they are
 * called today.
 */
import type { WaitingBar } from '../catalog/sell-policy.ts';
import type { ExcludedBy } from '../sourcing/candidates.ts';
import type { StrategyKind } from '../sourcing/rule.ts';
import type { AskedWarehouse, Explanation, WaitingReason } from './explanation.ts';

export interface Names {
  /** By code. */
  readonly warehouse: (code: string) => string;
  readonly rule: (code: string) => string;
  /** The strategies behind the scores, in their order. */
  readonly strategies: readonly StrategyKind[];
  /** Said of a decision that was made, or of what one would be now. */
  readonly tense: 'past' | 'now';
}

export function sentencesOf(explanation: Explanation, names: Names): string[] {
  const { rules, asked = [], excluded = [], waiting, waitsFor, tooFew = [] } = explanation;
  return [
    ...(rules === undefined ? [] : ruleSentences(rules, names)),
    ...(explanation.search === undefined ? [] : [SEARCHED[explanation.search]]),
    ...asked.map((each) => askedSentence(each, names)),
    ...excluded.map(({ warehouse, by, rule }) => {
      const because = rule === undefined ? '' : ` (rule "${names.rule(rule)}")`;
      return `${names.warehouse(warehouse)} ${EXCLUDED[by]}${because}.`;
    }),
    ...tooFew.map(
      (code) => `${names.warehouse(code)} would have given the order too few units for a shipment.`,
    ),
    ...(waitsFor === undefined ? [] : [waitsForSentence(waitsFor, names)]),
    ...(waiting === undefined ? [] : waitingSentences(waiting)),
    ...otherSentences(explanation, names),
  ];
}

const SEARCHED: Readonly<Record<'exact' | 'greedy', string>> = {
  exact: 'The warehouses were chosen for the whole order; no other choice is better.',
  greedy: 'The warehouses were chosen for the whole order step by step; not every choice was tried.',
};

const EXCLUDED: Readonly<Record<ExcludedBy, string>> = {
  rejected: 'rejected it before and was not asked again',
  only: 'was left out: others are to serve it',
  exclude: 'was left out',
  within_distance: 'was left out: it is too far away, or the distance is not known',
  in_stock_in_full: 'was left out: it does not have all units',
};

function ruleSentences(
  { version, applied, missed = [] }: NonNullable<Explanation['rules']>,
  names: Names,
): string[] {
  const quoted = (codes: readonly string[]) => listed(codes.map((code) => `"${names.rule(code)}"`));
  const which =
    applied.length === 0
      ? `No rule of rule set ${version} applied; the channel's order of preference decided.`
      : `${applied.length === 1 ? 'Rule' : 'Rules'} ${quoted(applied)} of rule set ${version} ${applies(applied.length, names)}.`;
  if (missed.length === 0) return [which];
  return [which, `${quoted(missed)} did not apply, since a value that the condition needs is missing.`];
}

function applies(rules: number, { tense }: Names): string {
  if (tense === 'past') return 'applied';
  return rules === 1 ? 'applies' : 'apply';
}

function askedSentence({ warehouse, had, gave, keeps, room, scores }: AskedWarehouse, names: Names): string {
  const [have, give] = names.tense === 'past' ? ['had', 'gave'] : ['has', 'can give'];
  const has = had === 'unlimited' ? 'delivers whatever is asked' : `${have} ${had}`;
  const gives = gave === 0 ? `${give} nothing` : had === gave ? `${give} them` : `${give} ${gave}`;
  const reasons = [
    ...(keeps === undefined ? [] : [`keeps ${keeps} as safety stock`]),
    ...(room === undefined ? [] : [`has room for ${room} more today`]),
    ...(scores ?? []).flatMap((score, index) => scoreWords(names.strategies[index], score) ?? []),
  ];
  const because = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${names.warehouse(warehouse)} ${has} and ${gives}${because}.`;
}

/** What a score says; nothing where it says no more than the stock does. */
function scoreWords(strategy: StrategyKind | undefined, score: number | null): string | undefined {
  switch (strategy) {
    case 'nearest':
      return score === null ? 'distance not known' : `${score} km away`;
    case 'lowest_cost':
      return score === null ? 'cost not known' : `costs ${(score / 100).toFixed(2)} a shipment`;
    case 'fastest':
      return score === null ? 'time not known' : `${score} ${score === 1 ? 'day' : 'days'}`;
    case 'priority_list':
      return score === null ? undefined : `place ${score + 1} in the list`;
    case 'balance':
      return score === null ? undefined : `given ${score} units today`;
    case 'avoid_last_units':
      return score === 1 ? 'would be left with its last units' : undefined;
    default:
      return undefined;
  }
}

function waitsForSentence({ warehouses, until }: NonNullable<Explanation['waitsFor']>, names: Names): string {
  return `Until ${until} it waits for ${listed(warehouses.map(names.warehouse), 'or')} rather than being served from elsewhere.`;
}

const BARS: Readonly<Record<WaitingBar, string>> = {
  preorder_not_allowed: 'the product may not be pre-ordered',
  backorder_not_allowed: 'the product may not be backordered',
  backorder_window_closed: 'backorders of the product are closed',
  limit_per_order: 'the limit per order is reached',
  limit_per_customer: 'the limit per customer is reached',
  limit_per_channel: 'the limit of the channel is reached',
  limit_per_product: 'the limit of the product is reached',
  limit_incoming: 'no more may wait than is incoming',
};

function waitingSentences({ kind, waits, unfillable, bar, ahead }: WaitingReason): string[] {
  const as = kind === 'preorder' ? 'as a pre-order' : 'as a backorder';
  const behind = ahead === 0 ? 'nobody was ahead' : `${counted(ahead, 'unit')} waited ahead`;
  return [
    ...(waits === 0 ? [] : [`${counted(waits, 'unit')} ${waits === 1 ? 'waits' : 'wait'} ${as}; ${behind}.`]),
    ...(unfillable === 0
      ? []
      : [
          `${counted(unfillable, 'unit')} cannot be served and may not wait${bar === null ? '' : `, since ${BARS[bar]}`}.`,
        ]),
  ];
}

function otherSentences(
  { whole, onHold, boughtWith, reason, warehouse }: Explanation,
  names: Names,
): string[] {
  return [
    ...(whole === true ? ['The order is served as a whole or not at all.'] : []),
    ...(onHold === true ? ['The order is on hold and gets nothing until it is lifted.'] : []),
    ...(boughtWith === undefined ? [] : [`Purchase order ${boughtWith} was made for it.`]),
    ...(warehouse === undefined ? [] : [`The warehouse was ${names.warehouse(warehouse)}.`]),
    ...(reason === undefined || reason === '' ? [] : [`The reason given: ${reason}`]),
  ];
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function listed(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}
