/** The acts of suppliers, purchase orders and promises. */

import {
  deleteSupplierProduct,
  patchSupplier,
  patchSupplierProduct,
  putSupplier,
  putSupplierProduct,
} from '../../app/catalog/put-suppliers.ts';
import { type ChangeRequest, fresh } from '../../app/frame/once.ts';
import { showAvailableToPromise } from '../../app/promises/available-to-promise.ts';
import { showLaunchForecast } from '../../app/promises/forecast-launch.ts';
import { putPromiseSettings, readPromiseSettings } from '../../app/promises/promise-settings.ts';
import { quote } from '../../app/promises/quote.ts';
import {
  cancelPurchaseOrder,
  closePurchaseOrder,
  confirmPurchaseOrder,
  quoteExpectedDates,
  sendPurchaseOrder,
} from '../../app/purchasing/advance-purchase-order.ts';
import { putPurchaseOrder } from '../../app/purchasing/draft-purchase-order.ts';
import type { PurchaseOrderCall } from '../../app/purchasing/purchase-order-at-gate.ts';
import { receivePurchaseOrder } from '../../app/purchasing/receive-purchase-order.ts';
import { draftSuggested, suggestPurchases } from '../../app/purchasing/suggest-purchases.ts';
import type { promiseOperations } from '../../contract/promises.ts';
import type { purchaseOrderOperations } from '../../contract/purchasing/purchase-orders.ts';
import type { purchasingOperations } from '../../contract/purchasing/purchasing.ts';
import type { supplierOperations } from '../../contract/purchasing/suppliers.ts';
import { listAffectedItems } from '../../reads/purchasing/affected-items.ts';
import { listPromises } from '../../reads/purchasing/promises.ts';
import {
  listPurchaseOrderEvents,
  listPurchaseOrders,
  readPurchaseOrderView,
} from '../../reads/purchasing/purchase-orders.ts';
import { listSupplierProducts, readSuppliers } from '../../reads/purchasing/suppliers.ts';
import { type Acts, found, foundOr } from './context.ts';

export const supplierActs: Acts<keyof typeof supplierOperations> = {
  listSuppliers: async ({ app }, { query }) => found({ rows: await readSuppliers(app.db, query) }),
  getSupplier: async ({ app }, { params }) => {
    const [supplier] = await readSuppliers(app.db, { code: params.supplier });
    return foundOr(supplier, 'supplier', params.supplier);
  },
  putSupplier: ({ app }, { params, body, change }) =>
    putSupplier(app, { request: change, name: params.supplier, body }),
  patchSupplier: ({ app }, { params, body, change }) =>
    patchSupplier(app, { request: change, name: params.supplier, body }),
  listSupplierProducts: async ({ app }, { params, query }) =>
    foundOr(await listSupplierProducts(app.db, params.supplier, query), 'supplier', params.supplier),
  putSupplierProduct: ({ app }, { params, body, change }) =>
    putSupplierProduct(app, { request: change, name: params, body }),
  patchSupplierProduct: ({ app }, { params, body, change }) =>
    patchSupplierProduct(app, { request: change, name: params, body }),
  deleteSupplierProduct: ({ app }, { params, change }) =>
    deleteSupplierProduct(app, { request: change, name: params }),
};

function callOf<Body>({
  params,
  body,
  change,
}: {
  readonly params: { readonly purchaseOrder: string };
  readonly body: Body;
  readonly change: ChangeRequest;
}): PurchaseOrderCall<Body> {
  return { request: change, number: params.purchaseOrder, body };
}

export const purchaseOrderActs: Acts<keyof typeof purchaseOrderOperations> = {
  listPurchaseOrders: async ({ app }, { query }) => found(await listPurchaseOrders(app.db, query)),
  getPurchaseOrder: async ({ app }, { params }) =>
    foundOr(
      await readPurchaseOrderView(app.db, params.purchaseOrder),
      'purchase order',
      params.purchaseOrder,
    ),
  putPurchaseOrder: ({ app }, call) => putPurchaseOrder(app, callOf(call)),
  sendPurchaseOrder: ({ app }, call) => sendPurchaseOrder(app, { ...callOf(call), body: undefined }),
  confirmPurchaseOrder: ({ app }, call) => confirmPurchaseOrder(app, callOf(call)),
  quoteExpectedDates: ({ app }, call) => quoteExpectedDates(app, callOf(call)),
  receivePurchaseOrder: ({ app }, call) => receivePurchaseOrder(app, callOf(call)),
  closePurchaseOrder: ({ app }, call) => closePurchaseOrder(app, callOf(call)),
  cancelPurchaseOrder: ({ app }, call) => cancelPurchaseOrder(app, callOf(call)),
  listPurchaseOrderEvents: async ({ app }, { params, query }) =>
    foundOr(
      await listPurchaseOrderEvents(app.db, params.purchaseOrder, query),
      'purchase order',
      params.purchaseOrder,
    ),
};

export const promiseActs: Acts<keyof typeof promiseOperations> = {
  quote: async ({ app }, { body }) => fresh(await quote(app, body)),
  availableToPromise: async ({ app }, { query }) => fresh(await showAvailableToPromise(app, query)),
  listPromises: async ({ app }, { params, query }) =>
    foundOr(await listPromises(app.db, params.orderId, query), 'order', params.orderId),
  getPromiseSettings: async ({ app }) => found(await readPromiseSettings(app)),
  putPromiseSettings: ({ app }, { body, change }) => putPromiseSettings(app, change, body),
};

export const purchasingActs: Acts<keyof typeof purchasingOperations> = {
  listPurchaseSuggestions: async ({ app }, { query }) => found(await suggestPurchases(app, query)),
  draftSuggested: ({ app }, { body, change }) => draftSuggested(app, change, body),
  forecastLaunch: async ({ app }, { params }) => fresh(await showLaunchForecast(app, params.sku)),
  listAffectedItems: async ({ app }, { params, query }) =>
    foundOr(
      await listAffectedItems(app.db, params.purchaseOrder, query),
      'purchase order',
      params.purchaseOrder,
    ),
};
