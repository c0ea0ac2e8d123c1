/**
 * One request to each operation that changes something, in a shop where it can be done, and another one to the same operation
 * that can be done as well: other contents, or the same about something else where there are no contents. For laws
 * that hold for every operation of the contract. A new operation needs a row here.
 */
import type { CallInput } from '../../src/contract/call.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import type { TestServer } from './server.ts';
import { BACKORDER, openShop, type Shop } from './shop.ts';
import { fresh } from './shop-acts.ts';
import { makeRules } from './shop-rules.ts';
import { inDays } from './shop-supply.ts';

export interface Sample<Id extends OperationId = OperationId> {
  readonly request: CallInput<Id>;
  readonly other: CallInput<Id>;
}

type Make<Id extends OperationId> = (shop: Shop, server: TestServer) => Promise<Sample<Id>>;
type Samples = { readonly [Id in OperationId]?: Make<Id> };

const ZONE = 'Europe/Amsterdam';
const ALLOCATED = 3;
const PLENTY = 1_000_000;

/** The shop of all samples: only W1 has P and only the external X has Q, more than all of them take. */
export async function openSampleShop(server: TestServer): Promise<Shop> {
  const shop = await openShop(server, {
    warehouses: { W1: {}, W2: {}, X: { kind: 'external' } },
    policy: BACKORDER,
    products: { Q: BACKORDER },
    stock: { W1: PLENTY },
  });
  await shop.receive(PLENTY, { warehouse: 'X', sku: 'Q' });
  await shop.supply.putSupplier();
  return shop;
}

/** A new one each time, so that every sample finds the same. */
export async function sampleOf(id: OperationId, shop: Shop, server: TestServer): Promise<Sample> {
  const make = SAMPLES[id] as Make<OperationId> | undefined;
  if (make === undefined) throw new Error(`operation ${id} has no sample request`);
  return await make(shop, server);
}

/** A product that nobody else has anything to do with; its short name. */
async function ownProduct(shop: Shop): Promise<string> {
  const sku = fresh('own');
  await shop.putProduct(sku, BACKORDER);
  return sku;
}

/** The same body twice but for what differs; parameters are those of both. */
function pair<Id extends OperationId>(
  params: CallInput<Id>['params'],
  request: CallInput<Id>['body'],
  other: CallInput<Id>['body'],
): Sample<Id> {
  const of = (body: CallInput<Id>['body']) =>
    ({ ...(params !== undefined && { params }), body }) as CallInput<Id>;
  return { request: of(request), other: of(other) };
}

type OrderAct = 'changeOrder' | 'cancelOrder' | 'holdOrder' | 'prioritizeOrder' | 'pickItems' | 'shortPick';

/** An act on an order of P. */
function onOrder<Id extends OrderAct | 'rejectAllocation' | 'shipItems'>(
  body: (shop: Shop, figure: 1 | 2) => CallInput<Id>['body'],
): Make<Id> {
  return async (shop) => {
    const orderId = await shop.place(ALLOCATED);
    return pair<Id>({ orderId }, body(shop, 1), body(shop, 2));
  };
}

const orderSamples: Samples = {
  placeOrder: async (shop) => pair<'placeOrder'>(undefined, shop.orderBody(2), shop.orderBody(1)),
  placeOrders: async (shop) =>
    pair<'placeOrders'>(
      undefined,
      { orders: [shop.orderBody(1), shop.orderBody({ items: [{ sku: 'Q', quantity: 2 }] })] },
      { orders: [shop.orderBody(1)] },
    ),
  changeOrder: onOrder((_, figure) => ({ items: [{ line: 1, quantity: figure }] })),
  cancelOrder: onOrder((_, units) => ({ items: [{ line: 1, units }] })),
  holdOrder: onOrder((_, figure) => ({ reason: `reason ${figure}` })),
  prioritizeOrder: onOrder((_, priority) => ({ priority })),
  pickItems: onOrder((shop, units) => ({ warehouse: shop.name('W1'), items: [{ line: 1, units }] })),
  shortPick: onOrder((shop, units) => ({
    warehouse: shop.name('W1'),
    reason: 'gone',
    items: [{ line: 1, units }],
  })),
  rejectAllocation: onOrder((shop, figure) => ({
    warehouse: shop.name('W1'),
    reason: `reason ${figure}`,
    lines: [1],
  })),
  shipItems: onOrder((shop, units) => ({
    reference: fresh('parcel'),
    warehouse: shop.name('W1'),
    items: [{ line: 1, units }],
  })),
  liftHold: async (shop) => {
    const [first, second] = [await shop.place({ hold: 'payment' }), await shop.place({ hold: 'payment' })];
    return { request: { params: { orderId: first } }, other: { params: { orderId: second } } };
  },
  acknowledgeItems: async (shop) => {
    const orderId = await shop.place({ items: [{ sku: 'Q', quantity: ALLOCATED }] });
    const body = (units: number) => ({ warehouse: shop.name('X'), items: [{ line: 1, units }] });
    return pair<'acknowledgeItems'>({ orderId }, body(1), body(2));
  },
};

const sourcingSamples: Samples = {
  createRuleSet: async () =>
    pair<'createRuleSet'>(undefined, { note: 'one', rules: [] }, { note: 'two', rules: [] }),
  placeLiveRuleSet: async (shop, { client }) =>
    pair<'placeLiveRuleSet'>(undefined, { version: await makeRules(client, shop, [{}]) }, { version: null }),
  placeShadowRuleSet: async (shop, { client }) =>
    pair<'placeShadowRuleSet'>(
      undefined,
      { version: await makeRules(client, shop, [{}]) },
      { version: null },
    ),
};

const unitsDocument = (shop: Shop, units: number) => ({
  reference: fresh('note'),
  warehouse: shop.name('W1'),
  reason: 'why',
  lines: [{ sku: shop.name('P'), units }],
});

const stockSamples: Samples = {
  receiveStock: async (shop) =>
    pair<'receiveStock'>(undefined, unitsDocument(shop, 1), unitsDocument(shop, 2)),
  returnStock: async (shop) => pair<'returnStock'>(undefined, unitsDocument(shop, 1), unitsDocument(shop, 2)),
  damageStock: async (shop) => pair<'damageStock'>(undefined, unitsDocument(shop, 1), unitsDocument(shop, 2)),
  adjustStock: async (shop) => {
    const body = (change: number) => ({
      reference: fresh('note'),
      warehouse: shop.name('W1'),
      reason: 'why',
      lines: [{ sku: shop.name('P'), change }],
    });
    return pair<'adjustStock'>(undefined, body(-1), body(2));
  },
  countStock: async (shop) => {
    const sku = shop.name(await ownProduct(shop));
    const body = (counted: number) => ({
      reference: fresh('note'),
      warehouse: shop.name('W1'),
      lines: [{ sku, counted }],
    });
    return pair<'countStock'>(undefined, body(7), body(8));
  },
  transferStock: async (shop) => {
    const sku = await ownProduct(shop);
    await shop.receive(9, { sku });
    const body = (units: number) => ({
      reference: fresh('move'),
      from: shop.name('W1'),
      to: shop.name('W2'),
      lines: [{ sku: shop.name(sku), units }],
    });
    return pair<'transferStock'>(undefined, body(1), body(2));
  },
};

const catalogSamples: Samples = {
  putSalesChannel: async (shop) => {
    const body = (name: string) => ({
      name,
      currency: 'EUR',
      timeZone: ZONE,
      warehouses: [shop.name('W1')],
    });
    return pair<'putSalesChannel'>({ channel: shop.name(fresh('N')) }, body('one'), body('two'));
  },
  putWarehouse: async (shop) => {
    const body = (name: string) => ({ name, kind: 'own' as const, timeZone: ZONE });
    return pair<'putWarehouse'>({ warehouse: shop.name(fresh('N')) }, body('one'), body('two'));
  },
  putProduct: async (shop) =>
    pair<'putProduct'>(
      { sku: shop.name(fresh('N')) },
      { name: 'one', tags: ['x'], policy: BACKORDER },
      { name: 'two', tags: ['y'] },
    ),
  patchSalesChannel: async (shop) =>
    pair<'patchSalesChannel'>({ channel: shop.name('G') }, { name: 'one' }, { name: 'two' }),
  patchWarehouse: async (shop) =>
    pair<'patchWarehouse'>({ warehouse: shop.name('X') }, { name: 'one' }, { name: 'two' }),
  patchProduct: async (shop) =>
    pair<'patchProduct'>(
      { sku: shop.name(await ownProduct(shop)) },
      { name: 'one', weightGrams: 5 },
      { policy: { backorder: { limits: { perOrder: 2 } } } },
    ),
  patchChannelPolicy: async (shop) => {
    const params = { sku: shop.name(await ownProduct(shop)), channel: shop.name('G') };
    const limits = (perOrder: number) => ({ backorder: { limits: { perOrder } } });
    return pair<'patchChannelPolicy'>(params, limits(1), limits(2));
  },
  putChannelPolicy: async (shop) => {
    const params = { sku: shop.name(await ownProduct(shop)), channel: shop.name('G') };
    return pair<'putChannelPolicy'>(params, BACKORDER, {});
  },
  deleteChannelPolicy: async (shop) => {
    for (const sku of ['P', 'Q']) await shop.putChannelPolicy(sku, 'G', BACKORDER);
    const of = (sku: string) => ({ params: { sku: shop.name(sku), channel: shop.name('G') } });
    return { request: of('P'), other: of('Q') };
  },
  putPromiseSettings: async (_, { client }) => {
    await client.must('putPromiseSettings', { body: { promiseConfidence: 70, quietDays: 0 } });
    return pair<'putPromiseSettings'>(
      undefined,
      { promiseConfidence: 80, quietDays: 2 },
      { promiseConfidence: 90, quietDays: 1 },
    );
  },
};

const supplierSamples: Samples = {
  putSupplier: async (shop) => {
    const body = (name: string) => ({ name, currency: 'EUR', timeZone: ZONE, leadDays: 5 });
    return pair<'putSupplier'>({ supplier: shop.name(fresh('N')) }, body('one'), body('two'));
  },
  patchSupplier: async (shop) =>
    pair<'patchSupplier'>({ supplier: shop.name('S') }, { name: 'one' }, { name: 'two' }),
  patchSupplierProduct: async (shop) => {
    const sku = await ownProduct(shop);
    await shop.supply.putTerms({}, { sku });
    const params = { supplier: shop.name('S'), sku: shop.name(sku) };
    return pair<'patchSupplierProduct'>(params, { unitPrice: 1 }, { unitPrice: 2 });
  },
  putSupplierProduct: async (shop) => {
    const params = { supplier: shop.name('S'), sku: shop.name(await ownProduct(shop)) };
    return pair<'putSupplierProduct'>(params, { unitPrice: 1 }, { unitPrice: 2 });
  },
  deleteSupplierProduct: async (shop) => {
    for (const sku of ['P', 'Q']) await shop.supply.putTerms({}, { sku });
    const of = (sku: string) => ({ params: { supplier: shop.name('S'), sku: shop.name(sku) } });
    return { request: of('P'), other: of('Q') };
  },
  draftSuggested: async (shop) => {
    const skus = [await ownProduct(shop), await ownProduct(shop)];
    for (const sku of skus) {
      await shop.supply.putTerms({}, { sku });
      await shop.place({ items: [{ sku, quantity: 4 }] });
    }
    const [one = '', two = ''] = skus;
    const body = (sku: string) => ({
      supplier: shop.name('S'),
      warehouse: shop.name('W1'),
      skus: [shop.name(sku)],
    });
    return pair<'draftSuggested'>(undefined, body(one), body(two));
  },
};

type PurchaseAct = 'confirmPurchaseOrder' | 'quoteExpectedDates' | 'receivePurchaseOrder';

/** An act on a purchase order that was sent. */
function onPurchaseOrder<Id extends PurchaseAct | 'closePurchaseOrder' | 'cancelPurchaseOrder'>(
  body: (shop: Shop, figure: 1 | 2) => CallInput<Id>['body'],
): Make<Id> {
  return async (shop) => {
    const sku = await ownProduct(shop);
    const purchaseOrder = await shop.supply.order([{ quantity: 9 }, { sku, quantity: 9 }]);
    return pair<Id>({ purchaseOrder }, body(shop, 1), body(shop, 2));
  };
}

const purchaseSamples: Samples = {
  putPurchaseOrder: async (shop) => {
    const body = (quantity: number) => ({
      supplier: shop.name('S'),
      lines: [{ sku: shop.name('P'), warehouse: shop.name('W1'), quantity }],
    });
    return pair<'putPurchaseOrder'>({ purchaseOrder: fresh('PO') }, body(1), body(2));
  },
  sendPurchaseOrder: async (shop) => {
    const drafts = [await shop.supply.draft([{ quantity: 1 }]), await shop.supply.draft([{ quantity: 1 }])];
    const [first, second] = drafts.map(({ number }) => ({ params: { purchaseOrder: number } }));
    return { request: first ?? {}, other: second ?? {} };
  },
  confirmPurchaseOrder: onPurchaseOrder((_, line) => ({ lines: [{ line, expectedOn: inDays(20) }] })),
  quoteExpectedDates: onPurchaseOrder((_, line) => ({ lines: [{ line, expectedOn: inDays(30) }] })),
  receivePurchaseOrder: onPurchaseOrder((shop, units) => ({
    reference: fresh('DN'),
    warehouse: shop.name('W1'),
    lines: [
      { line: 1, units },
      { line: 2, units },
    ],
  })),
  closePurchaseOrder: onPurchaseOrder((_, units) => ({ lines: [{ line: 1, units }] })),
  cancelPurchaseOrder: onPurchaseOrder((_, figure) => ({ reason: `reason ${figure}` })),
};

const reportBody = (name: string) => ({ name, report: { measures: ['items' as const] } });
const scheduleBody = (at: string) => ({
  every: 'month' as const,
  at,
  timeZone: ZONE,
  to: ['ops@example.com'],
});
const alarmBody = (threshold: number) => ({
  measure: 'items' as const,
  when: 'above' as const,
  threshold,
  to: ['ops@example.com'],
});

interface Mailed {
  readonly schedule?: boolean;
  readonly alarm?: boolean;
}

async function savedReport({ client }: TestServer, { schedule, alarm }: Mailed = {}) {
  const params = { savedReport: fresh('report') };
  await client.must('putSavedReport', { params, body: reportBody('saved') });
  if (schedule) await client.must('putReportSchedule', { params, body: scheduleBody('07:30') });
  if (alarm) await client.must('putReportAlarm', { params, body: alarmBody(1e9) });
  return { params };
}

const reportSamples: Samples = {
  putSavedReport: async () =>
    pair<'putSavedReport'>({ savedReport: fresh('report') }, reportBody('one'), reportBody('two')),
  putReportSchedule: async (_, server) => {
    const { params } = await savedReport(server);
    return pair<'putReportSchedule'>(params, scheduleBody('07:30'), scheduleBody('08:30'));
  },
  putReportAlarm: async (_, server) => {
    const { params } = await savedReport(server);
    return pair<'putReportAlarm'>(params, alarmBody(1e9), alarmBody(2e9));
  },
  deleteSavedReport: async (_, server) => ({
    request: await savedReport(server),
    other: await savedReport(server),
  }),
  deleteReportSchedule: async (_, server) => ({
    request: await savedReport(server, { schedule: true }),
    other: await savedReport(server, { schedule: true }),
  }),
  deleteReportAlarm: async (_, server) => ({
    request: await savedReport(server, { alarm: true }),
    other: await savedReport(server, { alarm: true }),
  }),
  sendReport: async (_, server) => ({
    request: await savedReport(server, { schedule: true }),
    other: await savedReport(server, { schedule: true }),
  }),
};

export const SAMPLES: Samples = {
  ...orderSamples,
  ...sourcingSamples,
  ...stockSamples,
  ...catalogSamples,
  ...supplierSamples,
  ...purchaseSamples,
  ...reportSamples,
};
