/** What the in-memory driver of the pure core shows for comparison, in the plain model's words. */
import type { CoreState } from './core-state.ts';
import { promisesOf, purchaseOrdersOf } from './core-supply.ts';
import type { WorldView } from './plain-acts.ts';

const byWarehouse = (a: { warehouse: string }, b: { warehouse: string }) =>
  a.warehouse < b.warehouse ? -1 : 1;

function waitingOf(state: CoreState, sku: string): WorldView['waiting'][number] {
  const product = state.productCodes.id(sku);
  const items = state.orders.flatMap((order) => order.items).filter((item) => item.product === product);
  const sum = (bucket: 'backordered' | 'preordered' | 'unfillable') =>
    items.reduce((units, { buckets }) => units + buckets[bucket], 0);
  return {
    sku,
    backordered: sum('backordered'),
    preordered: sum('preordered'),
    unfillable: sum('unfillable'),
  };
}

export function viewOf(state: CoreState): WorldView {
  const promises = promisesOf(state);
  const skus = [...state.policies.keys()].map((id) => state.productCodes.code(id)).sort();
  return {
    orders: state.orders.map(({ number, hold, priority, items }) => ({
      number,
      onHold: hold !== null,
      priority,
      items: items.map((item) => ({
        line: item.line,
        sku: state.productCodes.code(item.product),
        kind: item.kind,
        buckets: { ...item.buckets },
        promise: (promises.get(item) ?? []).map(({ confidence, ...slice }) => slice),
        allocations: item.allocations
          .filter((each) => each.open + each.shipped > 0 || each.rejected)
          .map((each) => ({ ...each, warehouse: state.warehouseCodes.code(each.warehouse) }))
          .sort(byWarehouse),
      })),
    })),
    purchaseOrders: purchaseOrdersOf(state),
    levels: skus.flatMap((sku) =>
      state.levels
        .filter((level) => level.product === state.productCodes.id(sku) && level.onHand + level.allocated > 0)
        .map(({ warehouse, onHand, allocated }) => ({
          sku,
          warehouse: state.warehouseCodes.code(warehouse),
          onHand,
          allocated,
        }))
        .sort(byWarehouse),
    ),
    waiting: skus.map((sku) => waitingOf(state, sku)),
  };
}
