/**
 * A reason for which a product is at risk as a sentence, in any language: which words belong to which code.
 */
import type { RiskReason } from '../contract/reports/reports.ts';
import type { RISKS } from './en/risks.ts';
import { countIn, type Said, type Writing } from './said.ts';

export type RiskWords = Said<typeof RISKS>;

export function riskSentence(reason: RiskReason, words: RiskWords, writing: Writing): string {
  const count = countIn(writing);
  switch (reason.code) {
    case 'waits':
      return words.waits(count(reason.waiting), count(reason.available));
    case 'stock_lasts': {
      const [available, perDay] = [count(reason.available), count(reason.perDay)];
      return reason.days === null
        ? words.lastsLonger(available, perDay)
        : words.lasts(available, perDay, count(reason.days));
    }
    case 'nothing_coming':
      return words.nothingComing;
    case 'next_comes': {
      const units = count(reason.units);
      return reason.inDays === 0 ? words.comesToday(units) : words.comesIn(units, count(reason.inDays));
    }
    case 'nobody_sells_it':
      return words.nobodySellsIt;
    case 'ordered_today_arrives':
      return words.arrivesIn(count(reason.inDays));
  }
}
