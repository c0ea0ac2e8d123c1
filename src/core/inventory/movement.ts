/**
 * Movements: the closed list of what may change on hand, and which way each may go.
 *
 * Every change of on hand is one movement, and a level is the sum of its movements. Allocating changes nothing
 * on hand and is therefore no movement; stock leaves the books when it ships.
 */
import { frozen } from '../kernel/frozen.ts';
export const MOVEMENT_KINDS = frozen([
  'receive',
  'return',
  'adjust',
  'count',
  'damage',
  'transfer_out',
  'transfer_in',
  'ship',
  'short_pick',
]);

export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export type Direction = 'in' | 'out' | 'either';

/** Which sign the units of a movement of this kind have. */
export const DIRECTION: Readonly<Record<MovementKind, Direction>> = frozen({
  receive: 'in',
  return: 'in',
  adjust: 'either',
  count: 'either',
  damage: 'out',
  transfer_out: 'out',
  transfer_in: 'in',
  ship: 'out',
  short_pick: 'out',
});

/** Whether a movement of `kind` may change on hand by `units`. A count may find nothing changed. */
export function mayMove(kind: MovementKind, units: number): boolean {
  if (units === 0) return kind === 'count';
  const direction = DIRECTION[kind];
  return direction === 'either' || units > 0 === (direction === 'in');
}
