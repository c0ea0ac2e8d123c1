/** What src/words/en/risks.ts says, in Spanish. */
import type { RiskWords } from '../../../src/words/risk-sentence.ts';
import { counted, plural } from './grammar.ts';

export const RISKS: RiskWords = {
  waits: (waiting, available) =>
    `${counted(waiting, 'unidad ya espera', 'unidades ya esperan')}, ${counted(available, 'está libre', 'están libres')}.`,
  lasts: (available, perDay, days) =>
    `${counted(available, 'libre', 'libres')}, ${plural(perDay, 'se pide', 'se piden')} ${perDay.figure} al día: alcanza para ${counted(days, 'día', 'días')}.`,
  lastsLonger: (available, perDay) =>
    `${counted(available, 'libre', 'libres')}, ${plural(perDay, 'se pide', 'se piden')} ${perDay.figure} al día.`,
  nothingComing: 'No hay nada en camino con fecha.',
  comesToday: (units) => `Hoy ${plural(units, 'llega', 'llegan')} ${counted(units, 'unidad', 'unidades')}.`,
  comesIn: (units, days) =>
    `En ${counted(days, 'día', 'días')} ${plural(units, 'llega', 'llegan')} ${counted(units, 'unidad', 'unidades')}.`,
  nobodySellsIt: 'Ningún proveedor nos lo vende.',
  arrivesIn: (days) => `Lo que se pida hoy llega en ${counted(days, 'día', 'días')}.`,
};
