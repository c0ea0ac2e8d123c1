/**
 * Nearest: kilometres from the warehouse to the destination, as the crow flies. A missing coordinate is no distance of
 * 0: it is not known, and such a warehouse comes last.
 */
import { kilometresBetween } from '../distance.ts';
import { type Score, toGrain } from '../scoring.ts';

export const nearest: Score = ({ warehouse }, _units, { destination }) => {
  const kilometres = kilometresBetween(warehouse, destination);
  return kilometres === null ? null : toGrain(kilometres);
};
