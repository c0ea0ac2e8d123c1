/** A warehouse: own, or external (a supplier that ships directly), where stock may be unmanaged and always there. */
import type { WarehouseId } from '../kernel/ids.ts';

export interface Warehouse {
  readonly id: WarehouseId;
  readonly code: string;
  readonly kind: 'own' | 'external';
  readonly stock: 'managed' | 'unmanaged';
  readonly enabled: boolean;
}
