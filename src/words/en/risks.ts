/** Why a product is at risk, in English. */
import type { Count } from '../grammar.ts';
import { counted, plural } from './grammar.ts';

export const RISKS = {
  waits: (waiting: Count, available: Count) =>
    `${counted(waiting, 'unit waits', 'units wait')} already, ${available.figure} ${plural(available, 'is', 'are')} free.`,
  lasts: (available: Count, perDay: Count, days: Count) =>
    `${available.figure} free, ${perDay.figure} ${plural(perDay, 'is', 'are')} ordered a day: that lasts ${counted(days, 'day', 'days')}.`,
  lastsLonger: (available: Count, perDay: Count) =>
    `${available.figure} free, ${perDay.figure} ${plural(perDay, 'is', 'are')} ordered a day.`,
  nothingComing: 'Nothing with a day is on its way.',
  comesToday: (units: Count) => `${counted(units, 'unit comes', 'units come')} today.`,
  comesIn: (units: Count, days: Count) =>
    `${counted(units, 'unit comes', 'units come')} in ${counted(days, 'day', 'days')}.`,
  nobodySellsIt: 'Nobody sells it to us.',
  arrivesIn: (days: Count) => `What is ordered today arrives in ${counted(days, 'day', 'days')}.`,
} as const;
