/** Finds what a request names by its code in the configuration that a decision is made by, or refuses it. */
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import { type Refusal, refuse } from '../../core/kernel/refusal.ts';
import type { Gate } from './gate.ts';

type Refused = { readonly ok: false; readonly refusal: Refusal };

export function warehouseByCode(gate: Gate, code: string): Warehouse | Refused {
  const warehouse = gate.configuration.warehousesByCode.get(code);
  return warehouse ?? refuse('unknown_warehouse', `There is no warehouse ${code}`, { warehouse: code });
}
