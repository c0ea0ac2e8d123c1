/** The acts of channels, warehouses, products and policies. */
import {
  deleteChannelPolicy,
  patchChannelPolicy,
  patchProduct,
  patchSalesChannel,
  patchWarehouse,
  putChannelPolicy,
  putProduct,
  putSalesChannel,
  putWarehouse,
} from '../../app/catalog/put-catalog.ts';
import type { catalogOperations } from '../../contract/catalog.ts';
import { readProductView, readSalesChannels, readWarehouses } from '../../reads/catalog/catalog.ts';
import { listProducts } from '../../reads/catalog/inventory.ts';
import { type Acts, found, foundOr } from './context.ts';

export const catalogActs: Acts<keyof typeof catalogOperations> = {
  listSalesChannels: async ({ app }, { query }) =>
    found({ rows: await readSalesChannels(app.db, query.sort) }),
  getSalesChannel: async ({ app }, { params }) => {
    const channels = await readSalesChannels(app.db);
    return foundOr(
      channels.find((each) => each.code === params.channel),
      'sales channel',
      params.channel,
    );
  },
  putSalesChannel: ({ app }, { params, body, change }) =>
    putSalesChannel(app, { request: change, name: params.channel, body }),
  patchSalesChannel: ({ app }, { params, body, change }) =>
    patchSalesChannel(app, { request: change, name: params.channel, body }),
  listWarehouses: async ({ app }, { query }) => found({ rows: await readWarehouses(app.db, query.sort) }),
  getWarehouse: async ({ app }, { params }) => {
    const warehouses = await readWarehouses(app.db);
    return foundOr(
      warehouses.find((each) => each.code === params.warehouse),
      'warehouse',
      params.warehouse,
    );
  },
  putWarehouse: ({ app }, { params, body, change }) =>
    putWarehouse(app, { request: change, name: params.warehouse, body }),
  patchWarehouse: ({ app }, { params, body, change }) =>
    patchWarehouse(app, { request: change, name: params.warehouse, body }),
  listProducts: async ({ app }, { query }) => found(await listProducts(app.db, query)),
  getProduct: async ({ app }, { params }) =>
    foundOr(await readProductView(app.db, params.sku), 'product', params.sku),
  putProduct: ({ app }, { params, body, change }) =>
    putProduct(app, { request: change, name: params.sku, body }),
  patchProduct: ({ app }, { params, body, change }) =>
    patchProduct(app, { request: change, name: params.sku, body }),
  putChannelPolicy: ({ app }, { params, body, change }) =>
    putChannelPolicy(app, { request: change, name: params, body }),
  patchChannelPolicy: ({ app }, { params, body, change }) =>
    patchChannelPolicy(app, { request: change, name: params, body }),
  deleteChannelPolicy: ({ app }, { params, change }) =>
    deleteChannelPolicy(app, { request: change, name: params }),
};
