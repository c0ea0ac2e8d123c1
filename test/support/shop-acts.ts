/**
 * What happens in a test's shop. Every act is one call of the API and throws RefusedError when it is refused (see
 * `refusal`). Names are short; what a story does not say is the usual: channel G, warehouse W1, product P, line 1, a
 * new order number or reference.
 */
import type { z } from 'zod';
import type { CallInput, Client } from '../../src/contract/call.ts';
import type { StockDocument } from '../../src/contract/inventory.ts';
import type { OrderView, PlacedOrder } from '../../src/contract/order-views.ts';
import type { order } from '../../src/contract/orders.ts';
import type { ShopCatalog } from './shop-catalog.ts';

type OrderBody = z.input<typeof order>;
export interface OrderInput extends Partial<Omit<OrderBody, 'items'>> {
  readonly items?: readonly {
    readonly sku?: string;
    readonly quantity: number;
    readonly unitPrice?: number;
  }[];
}
export interface StockInput {
  readonly warehouse?: string;
  readonly sku?: string;
  readonly reference?: string;
}
export interface LineInput {
  readonly line?: number;
  readonly warehouse?: string;
  readonly reference?: string;
}
type Units = Readonly<Record<number, number>>;

export interface ShopActs {
  orderBody(what: number | OrderInput): OrderBody;
  /** Places an order of `what` units of P, or as described; its id. */
  place(what: number | OrderInput): Promise<number>;
  placeAndSee(what: number | OrderInput): Promise<PlacedOrder>;
  receive(units: number, where?: StockInput): Promise<StockDocument>;
  returned(units: number, where?: StockInput): Promise<StockDocument>;
  count(counted: number, where?: StockInput): Promise<StockDocument>;
  adjust(change: number, where?: StockInput): Promise<StockDocument>;
  damage(units: number, where?: StockInput): Promise<StockDocument>;
  transfer(units: number, way: { from: string; to: string; sku?: string }): Promise<StockDocument>;
  /** Sets quantities by line. */
  change(orderId: number, quantities: Units): Promise<OrderView>;
  /** Cancels units by line, or all that can be. */
  cancel(orderId: number, lines?: Units): Promise<OrderView>;
  hold(orderId: number, giveBack?: boolean): Promise<OrderView>;
  lift(orderId: number): Promise<OrderView>;
  prioritize(orderId: number, priority: number): Promise<OrderView>;
  pick(orderId: number, units: number, where?: LineInput): Promise<OrderView>;
  shortPick(orderId: number, units: number, where?: LineInput): Promise<OrderView>;
  ship(orderId: number, units: number, where?: LineInput): Promise<OrderView>;
  reject(orderId: number, warehouse: string, lines?: readonly number[]): Promise<OrderView>;
}

let references = 0;
/** A number or reference not used before. */
export function fresh(prefix: string): string {
  references += 1;
  return `${prefix}-${references}`;
}

function byLine(units: Units): { line: number; units: number }[] {
  return Object.entries(units).map(([line, value]) => ({ line: Number(line), units: value }));
}

type StockActs = Pick<ShopActs, 'receive' | 'returned' | 'count' | 'adjust' | 'damage' | 'transfer'>;

function stockActsOf(client: Client, { name }: ShopCatalog): StockActs {
  const document = ({ warehouse = 'W1', reference = fresh('doc') }: StockInput) => ({
    reference,
    warehouse: name(warehouse),
  });
  const product = (where: StockInput) => name(where.sku ?? 'P');
  return {
    receive: (units, where = {}) =>
      client.must('receiveStock', { body: { ...document(where), lines: [{ sku: product(where), units }] } }),
    returned: (units, where = {}) =>
      client.must('returnStock', { body: { ...document(where), lines: [{ sku: product(where), units }] } }),
    count: (counted, where = {}) =>
      client.must('countStock', { body: { ...document(where), lines: [{ sku: product(where), counted }] } }),
    adjust: (change, where = {}) =>
      client.must('adjustStock', {
        body: { ...document(where), reason: 'correction', lines: [{ sku: product(where), change }] },
      }),
    damage: (units, where = {}) =>
      client.must('damageStock', {
        body: { ...document(where), reason: 'broken', lines: [{ sku: product(where), units }] },
      }),
    transfer: (units, { from, to, sku = 'P' }) =>
      client.must('transferStock', {
        body: {
          reference: fresh('move'),
          from: name(from),
          to: name(to),
          lines: [{ sku: name(sku), units }],
        },
      }),
  };
}

function orderBodyOf(what: number | OrderInput, name: ShopCatalog['name']): OrderBody {
  const { items, channel = 'G', number = fresh('order'), ...rest } = typeof what === 'number' ? {} : what;
  const wanted = typeof what === 'number' ? [{ quantity: what }] : (items ?? [{ quantity: 1 }]);
  return {
    ...rest,
    channel: name(channel),
    number,
    items: wanted.map(({ sku = 'P', ...item }: { sku?: string; quantity: number; unitPrice?: number }) => ({
      sku: name(sku),
      ...item,
    })),
  };
}

type Changes = 'change' | 'cancel' | 'hold' | 'lift' | 'prioritize';

function orderActsOf(client: Client): Pick<ShopActs, Changes> {
  return {
    change: (orderId, quantities) => {
      const items = Object.entries(quantities).map(([line, quantity]) => ({ line: Number(line), quantity }));
      return client.must('changeOrder', { params: { orderId }, body: { items } });
    },
    cancel: (orderId, lines) =>
      client.must('cancelOrder', {
        params: { orderId },
        body: lines === undefined ? {} : { items: byLine(lines) },
      }),
    hold: (orderId, giveBack = false) =>
      client.must('holdOrder', { params: { orderId }, body: { reason: 'payment', giveBack } }),
    lift: (orderId) => client.must('liftHold', { params: { orderId } }),
    prioritize: (orderId, priority) =>
      client.must('prioritizeOrder', { params: { orderId }, body: { priority } }),
  };
}

type FloorActs = Pick<ShopActs, 'pick' | 'shortPick' | 'ship' | 'reject'>;

function floorActsOf(client: Client, { name }: ShopCatalog): FloorActs {
  const one = ({ line = 1, warehouse = 'W1' }: LineInput, units: number) => ({
    warehouse: name(warehouse),
    items: [{ line, units }],
  });
  return {
    pick: (orderId, units, where = {}) =>
      client.must('pickItems', { params: { orderId }, body: one(where, units) }),
    shortPick: (orderId, units, where = {}) =>
      client.must('shortPick', {
        params: { orderId },
        body: { ...one(where, units), reason: 'not on the shelf' },
      }),
    ship: (orderId, units, where = {}) => {
      const body: CallInput<'shipItems'>['body'] = {
        reference: where.reference ?? fresh('ship'),
        ...one(where, units),
      };
      return client.must('shipItems', { params: { orderId }, body });
    },
    reject: (orderId, warehouse, lines = [1]) =>
      client.must('rejectAllocation', {
        params: { orderId },
        body: { warehouse: name(warehouse), reason: 'no', lines: [...lines] },
      }),
  };
}

export function actsOf(client: Client, catalog: ShopCatalog): ShopActs {
  const orderBody = (what: number | OrderInput) => orderBodyOf(what, catalog.name);
  const placeAndSee = (what: number | OrderInput) => client.must('placeOrder', { body: orderBody(what) });
  return {
    orderBody,
    placeAndSee,
    place: async (what) => (await placeAndSee(what)).id,
    ...stockActsOf(client, catalog),
    ...orderActsOf(client),
    ...floorActsOf(client, catalog),
  };
}
