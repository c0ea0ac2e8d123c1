/** Balance: the warehouse that was given the fewest units on its current day first. */
import type { Score } from '../scoring.ts';

export const balance: Score = ({ warehouse }, _units, { load }) => load(warehouse.id).units;
