/**
 * From commands to acts on incoming supply: which purchase order and line a command means, how many units that is and
 * on which day, is looked up in the plain model at the moment it is performed.
 */
import type { SupplyCommand } from './commands.ts';
import type { Act, SupplyLine } from './plain-acts.ts';
import { type PurchaseLine, type PurchaseOrder, today, unserved } from './plain-state.ts';
import { openOf } from './plain-supply.ts';
import {
  choose,
  EXTERNAL,
  referenceNow,
  type Stage,
  skuOf,
  supplierCode,
  warehouseCode,
  warehouseNumber,
} from './small-world.ts';

const DAY = 86_400_000;
type OnOrder = Exclude<SupplyCommand, { do: 'orderSupply' }>;

/** The day `days` from today where the warehouses are. */
function dayFrom({ model }: Stage, days: number): string {
  return today(model.state.now + days * DAY, 'Etc/UTC');
}

type NewLine = Extract<SupplyCommand, { do: 'orderSupply' }>['lines'][number];

/** Product and warehouse of something that waits; undefined when nothing does. */
function wantedPlace(stage: Stage, { which, warehouse }: NewLine) {
  const { orders, channels, warehouses } = stage.model.state;
  const waiting = orders.flatMap((order) =>
    order.items.filter((item) => unserved(item) > 0).map(({ sku }) => ({ order, sku })),
  );
  if (waiting.length === 0) return undefined;
  const { order, sku } = choose(waiting, which);
  const serving = channels
    .get(order.channel)
    ?.warehouses.filter((code) => warehouses.get(code)?.managed === true);
  if (serving === undefined || serving.length === 0) return undefined;
  return { sku, warehouse: choose(serving, warehouse) };
}

function supplyLine(stage: Stage, line: NewLine, wanted: boolean): SupplyLine {
  const { product, warehouse, units, days } = line;
  const place = (wanted ? wantedPlace(stage, line) : undefined) ?? {
    sku: skuOf(stage, product),
    warehouse: warehouseCode(stage, warehouseNumber(stage, warehouse)),
  };
  return { ...place, units, expectedOn: dayFrom(stage, days) };
}

function arrivingUnits(line: PurchaseLine, { share, units }: OnOrder): number {
  const open = openOf(line);
  if (share === 'over') return open + 1 + (units % 2);
  return Math.max(1, share === 'all' ? open : Math.min(open, units));
}

function arrived(stage: Stage, command: OnOrder, at: { order: PurchaseOrder; line: PurchaseLine }): Act {
  const { order, line } = at;
  const lines = command.wide ? order.lines.filter((each) => each.warehouse === line.warehouse) : [line];
  return {
    act: 'receivePurchaseOrder',
    reference: referenceNow(stage),
    purchaseOrder: order.number,
    warehouse: command.elsewhere ? warehouseCode(stage, command.which % EXTERNAL) : line.warehouse,
    lines: lines.map((each) => ({ line: each.line, units: arrivingUnits(each, command) })),
  };
}

/** The act that a command means now; undefined when there is no purchase order it could mean. */
export function supplyActFor(stage: Stage, command: SupplyCommand): Act | undefined {
  if (command.do === 'orderSupply') {
    const lines = command.lines.map((line) => supplyLine(stage, line, command.wanted));
    const purchaseOrder = `${stage.prefix}po${stage.performed.length}`;
    return { act: 'orderSupply', supplier: supplierCode(stage), purchaseOrder, lines };
  }
  const all = stage.model.state.purchaseOrders.flatMap((order) =>
    order.lines.map((line) => ({ order, line })),
  );
  const open = all.filter(({ order, line }) => !order.cancelled && openOf(line) > 0);
  if (all.length === 0) return undefined;
  const chosen = choose(command.any || open.length === 0 ? all : open, command.which);
  const { number: purchaseOrder } = chosen.order;
  const { line } = chosen.line;
  switch (command.do) {
    case 'expect':
      return { act: 'quoteExpectedDate', purchaseOrder, line, expectedOn: dayFrom(stage, command.days) };
    case 'arrive':
      return arrived(stage, command, chosen);
    case 'close': {
      if (command.wide) return { act: 'closePurchaseOrder', purchaseOrder, lines: null };
      const units = command.share === 'part' ? command.units : null;
      return { act: 'closePurchaseOrder', purchaseOrder, lines: [{ line, units }] };
    }
    case 'cancelSupply':
      return { act: 'cancelPurchaseOrder', purchaseOrder };
  }
}
