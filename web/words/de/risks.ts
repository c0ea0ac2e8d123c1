/** What src/words/en/risks.ts says, in German. */
import type { RiskWords } from '../../../src/words/risk-sentence.ts';
import { counted, plural } from './grammar.ts';

export const RISKS: RiskWords = {
  waits: (waiting, available) =>
    `${counted(waiting, 'Stück wartet', 'Stück warten')} schon, ${available.figure} ${plural(available, 'ist', 'sind')} frei.`,
  lasts: (available, perDay, days) =>
    `${available.figure} frei, ${perDay.figure} ${plural(perDay, 'wird', 'werden')} je Tag bestellt: das reicht ${counted(days, 'Tag', 'Tage')}.`,
  lastsLonger: (available, perDay) =>
    `${available.figure} frei, ${perDay.figure} ${plural(perDay, 'wird', 'werden')} je Tag bestellt.`,
  nothingComing: 'Nichts mit einem Tag ist unterwegs.',
  comesToday: (units) => `Heute ${plural(units, 'kommt', 'kommen')} ${units.figure} Stück.`,
  comesIn: (units, days) =>
    `In ${counted(days, 'Tag', 'Tagen')} ${plural(units, 'kommt', 'kommen')} ${units.figure} Stück.`,
  nobodySellsIt: 'Kein Lieferant verkauft es uns.',
  arrivesIn: (days) => `Was heute bestellt wird, trifft in ${counted(days, 'Tag', 'Tagen')} ein.`,
};
