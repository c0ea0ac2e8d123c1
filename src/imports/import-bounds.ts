/**
 * Bounds of a document that no row of it breaks alone: its units and its value. Orders are sent in bulk, where one that the
 * contract refuses would take the others with it, so it is told here, with the column that can change it.
 */
import { beyondBounds, beyondInWords } from '../core/kernel/bounds.ts';
import type { CellProblem } from './import-cells.ts';

export function problemOfSums(
  lines: readonly { readonly quantity: number; readonly unitPrice: number }[],
): CellProblem | undefined {
  const beyond = beyondBounds(lines.map(({ quantity, unitPrice }) => ({ units: quantity, unitPrice })));
  if (beyond === undefined) return undefined;
  return { column: beyond.of === 'units' ? 'quantity' : 'unit_price', problem: beyondInWords(beyond) };
}
