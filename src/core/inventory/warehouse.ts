/** A warehouse: own, or external (a supplier that ships directly), where stock may be unmanaged and always there. */
import type { WarehouseId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/time.ts';

export interface Warehouse {
  readonly id: WarehouseId;
  readonly code: string;
  readonly kind: 'own' | 'external';
  readonly stock: 'managed' | 'unmanaged';
  readonly enabled: boolean;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** Degrees; both are known, or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** IANA name; its days are the days of this zone. */
  readonly timeZone: string;
  /** Open days between arrival and shipping. */
  readonly handlingDays: number;
  readonly closedWeekdays: readonly number[];
  readonly closedDates: readonly LocalDate[];
}
