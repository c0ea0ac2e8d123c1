/** What src/words/en/risks.ts says, in Dutch. */
import type { RiskWords } from '../../../src/words/risk-sentence.ts';
import { counted, plural } from './grammar.ts';

export const RISKS: RiskWords = {
  waits: (waiting, available) =>
    `${counted(waiting, 'stuk wacht', 'stuks wachten')} al, ${counted(available, 'is', 'zijn')} vrij.`,
  lasts: (available, perDay, days) =>
    `${available.figure} vrij, er ${plural(perDay, 'wordt', 'worden')} er ${perDay.figure} per dag besteld: dat is genoeg voor ${counted(days, 'dag', 'dagen')}.`,
  lastsLonger: (available, perDay) =>
    `${available.figure} vrij, er ${plural(perDay, 'wordt', 'worden')} er ${perDay.figure} per dag besteld.`,
  nothingComing: 'Er is niets met een dag onderweg.',
  comesToday: (units) => `Vandaag ${plural(units, 'komt', 'komen')} er ${counted(units, 'stuk', 'stuks')}.`,
  comesIn: (units, days) =>
    `Over ${counted(days, 'dag', 'dagen')} ${plural(units, 'komt', 'komen')} er ${counted(units, 'stuk', 'stuks')}.`,
  nobodySellsIt: 'Geen leverancier verkoopt het ons.',
  arrivesIn: (days) => `Wat vandaag wordt besteld, komt over ${counted(days, 'dag', 'dagen')} aan.`,
};
