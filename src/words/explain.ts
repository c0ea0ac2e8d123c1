/**
 * An explanation as sentences that a merchant reads: which rules applied, what each warehouse had, gave or
 * kept and why, what the rest waits for and when it comes. Which sentence is said when is decided here, for
 * every language; how it is worded stands in en/explanation.ts and its fellows in web/words.
 */
import type { Explained, Standing } from '../contract/sourcing/explanations.ts';
import type { EXPLANATION } from './en/explanation.ts';
import type { Count } from './grammar.ts';
import { countIn, type Said, type Writing } from './said.ts';

export type ExplanationWords = Said<typeof EXPLANATION>;

/** Said of a decision that was made, or of what one would be now. */
type Tense = 'past' | 'now';
type Named = Explained['asked'][number]['warehouse'];
type Asked = Explained['asked'][number];
type Slice = Standing['supply'][number];

/** How the item stands now. */
export function standingSentences(standing: Standing, words: ExplanationWords, writing: Writing): string[] {
  return new Explainer(words, writing).standing(standing);
}

/** What was decided, as it was stored with the decision. */
export function decisionSentences(explained: Explained, words: ExplanationWords, writing: Writing): string[] {
  return new Explainer(words, writing).sentences(explained, 'past');
}

class Explainer {
  readonly #words: ExplanationWords;
  readonly #writing: Writing;
  readonly #count: (value: number) => Count;

  constructor(words: ExplanationWords, writing: Writing) {
    this.#words = words;
    this.#writing = writing;
    this.#count = countIn(writing);
  }

  standing(standing: Standing): string[] {
    const said = this.#words.standing;
    const { wanted, bought, ahead, explanation, supply } = standing;
    const parts = (['shipped', 'allocated', 'pending', 'waits'] as const).flatMap((part) =>
      standing[part] > 0 ? [said[part](this.#count(standing[part]))] : [],
    );
    return [
      said.head(this.#count(wanted), parts.length === 0 ? [said.nothing] : parts),
      ...(bought ? [said.bought] : []),
      ...(ahead === null ? [] : [ahead === 0 ? said.first : said.ahead(this.#count(ahead))]),
      ...(explanation === null ? [] : this.sentences(explanation, 'now')),
      ...supply.map((slice) => this.#supply(slice)),
    ];
  }

  sentences(explained: Explained, tense: Tense): string[] {
    const { rules, search, asked, excluded, tooFew, waitsFor, waiting } = explained;
    const words = this.#words;
    return [
      ...(rules === undefined ? [] : this.#rules(rules, tense)),
      ...(search === undefined ? [] : [words.search[search]]),
      ...asked.map((each) => this.#asked(each, tense)),
      ...excluded.map(({ warehouse, by, rule }) => {
        const because = rule === undefined ? '' : words.byRule(words.quoted(rule.name));
        return words.excluded[by](this.#name(warehouse), because);
      }),
      ...tooFew.map((warehouse) => words.tooFew(this.#name(warehouse))),
      ...(waitsFor === undefined
        ? []
        : [
            words.waitsFor(
              waitsFor.warehouses.map((each) => this.#name(each)),
              this.#writing.moment(waitsFor.until),
            ),
          ]),
      ...(waiting === undefined ? [] : this.#waiting(waiting)),
      ...this.#rest(explained),
    ];
  }

  #name({ code, name }: Named): string {
    return name === code ? code : this.#words.named(name, code);
  }

  #rules({ version, applied, missed }: NonNullable<Explained['rules']>, tense: Tense): string[] {
    const said = this.#words.rules;
    const quoted = (rules: readonly Named[]) => rules.map(({ name }) => this.#words.quoted(name));
    const apply = tense === 'past' ? said.applied : said.apply;
    return [
      applied.length === 0 ? said.none(version) : apply(quoted(applied), version),
      ...(missed.length === 0 ? [] : [said.missed(quoted(missed))]),
    ];
  }

  #asked({ warehouse, had, gave, keeps, room, scores }: Asked, tense: Tense): string {
    const words = this.#words;
    const said = tense === 'past' ? words.had : words.has;
    const name = this.#name(warehouse);
    const has = had === 'unlimited' ? said.unlimited(name) : said.units(name, this.#count(had));
    const gives = gave === 0 ? said.gaveNothing : had === gave ? said.gaveAll : said.gave(this.#count(gave));
    return words.asked(has, gives, [
      ...(keeps === undefined ? [] : [words.keeps(this.#count(keeps))]),
      ...(room === undefined ? [] : [words.room(this.#count(room))]),
      ...scores.flatMap((each) => this.#score(each) ?? []),
    ]);
  }

  /** What a score says; nothing where it says no more than the stock does. */
  #score({ strategy, score }: Asked['scores'][number]): string | undefined {
    const said = this.#words.scores;
    switch (strategy) {
      case 'nearest':
        return score === null ? said.nearestUnknown : said.nearest(this.#count(score));
      case 'lowest_cost':
        return score === null ? said.costUnknown : said.cost(this.#writing.decimals(score / 100));
      case 'fastest':
        return score === null ? said.fastestUnknown : said.fastest(this.#count(score));
      case 'priority_list':
        return score === null ? undefined : said.place(this.#count(score + 1));
      case 'balance':
        return score === null ? undefined : said.balance(this.#count(score));
      case 'avoid_last_units':
        if (score !== 1) return undefined;
        return said.lastUnits;
      case 'most_stock':
      case 'fewest_shipments':
      case 'wait_for_better':
        return undefined;
    }
  }

  #waiting({ kind, waits, unfillable, bar, ahead }: NonNullable<Explained['waiting']>): string[] {
    const { waits: said, bars, since, unfillable: cannot } = this.#words;
    const others = ahead === 0 ? said.nobodyAhead : said.ahead(this.#count(ahead));
    return [
      ...(waits === 0 ? [] : [said[kind](this.#count(waits), others)]),
      ...(unfillable === 0 ? [] : [cannot(this.#count(unfillable), bar === null ? '' : since(bars[bar]))]),
    ];
  }

  #rest({ whole, onHold, boughtWith, warehouse, reason }: Explained): string[] {
    const words = this.#words;
    return [
      ...(whole ? [words.whole] : []),
      ...(onHold ? [words.onHold] : []),
      ...(boughtWith === undefined ? [] : [words.boughtWith(boughtWith)]),
      ...(warehouse === undefined ? [] : [words.warehouse(this.#name(warehouse))]),
      ...(reason === undefined || reason === '' ? [] : [words.reason(reason)]),
    ];
  }

  #supply(slice: Slice): string {
    const said = this.#words.supply;
    const units = this.#count(slice.units);
    if (slice.on === null) return said.unknown(units);
    return said.on(units, this.#writing.day(slice.on), this.#source(slice));
  }

  #source({ source, purchaseOrder, confidence }: Slice): string {
    const said = this.#words.supply;
    switch (source) {
      case 'stock':
        return said.stock;
      case 'release':
        return said.release;
      case 'lead_time':
        return said.leadTime;
      case 'purchase_order':
      case 'unknown': {
        const sure = confidence === null ? '' : said.sure(this.#count(confidence));
        return `${said.purchaseOrder(purchaseOrder ?? '')}${sure}`;
      }
    }
  }
}
