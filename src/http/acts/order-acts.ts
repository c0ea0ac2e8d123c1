/** The acts of orders: each turns a validated request into one story and its answer. */

import type { ChangeRequest } from '../../app/frame/once.ts';
import { acknowledgeItems } from '../../app/orders/acknowledge-items.ts';
import { cancelOrder } from '../../app/orders/cancel-order.ts';
import { changeOrder } from '../../app/orders/change-order.ts';
import { holdOrder, liftHold } from '../../app/orders/hold-order.ts';
import type { OrderCall } from '../../app/orders/order-at-gate.ts';
import { pickItems, rejectAllocation, shortPick } from '../../app/orders/pick-items.ts';
import { prioritizeOrder } from '../../app/orders/prioritize-order.ts';
import { shipItems } from '../../app/orders/ship-items.ts';
import { viewOrder } from '../../app/orders/view-order.ts';
import { placeBulk } from '../../app/placing/place-bulk.ts';
import { placeRequest } from '../../app/placing/place-request.ts';
import type { orderOperations } from '../../contract/orders.ts';
import { orderId } from '../../core/kernel/ids.ts';
import { listOrderEvents } from '../../reads/orders/order-events.ts';
import { listOrderItems, listOrders } from '../../reads/orders/order-lists.ts';
import { type Acts, found, foundOr } from './context.ts';

export const orderActs: Acts<keyof typeof orderOperations> = {
  placeOrder: ({ batcher }, { body, change, asker }) => batcher.place(placeRequest(body, change), asker),
  placeOrders: ({ app, batcher }, { body, change, asker }) =>
    placeBulk({ app, placeAll: (requests) => batcher.placeAll(requests, asker) }, change, body.orders),
  listOrders: async ({ app }, { query }) => found(await listOrders(app.db, query)),
  getOrder: async ({ app }, { params }) =>
    foundOr(await viewOrder(app, orderId(params.orderId)), 'order', params.orderId),
  listOrderItems: async ({ app }, { query }) => found(await listOrderItems(app.db, query)),
  listOrderEvents: async ({ app }, { params, query }) =>
    foundOr(await listOrderEvents(app.db, params.orderId, query), 'order', params.orderId),
  changeOrder: ({ app }, call) => changeOrder(app, orderCall(call)),
  cancelOrder: ({ app }, call) => cancelOrder(app, orderCall(call)),
  holdOrder: ({ app }, call) => holdOrder(app, orderCall(call)),
  liftHold: ({ app }, call) => liftHold(app, orderCall(call)),
  prioritizeOrder: ({ app }, call) => prioritizeOrder(app, orderCall(call)),
  pickItems: ({ app }, call) => pickItems(app, orderCall(call)),
  shortPick: ({ app }, call) => shortPick(app, orderCall(call)),
  rejectAllocation: ({ app }, call) => rejectAllocation(app, orderCall(call)),
  acknowledgeItems: ({ app }, call) => acknowledgeItems(app, orderCall(call)),
  shipItems: ({ app }, call) => shipItems(app, orderCall(call)),
};

function orderCall<Body>({
  params,
  body,
  change,
}: {
  readonly params: { readonly orderId: number };
  readonly body: Body;
  readonly change: ChangeRequest;
}): OrderCall<Body> {
  return { request: change, id: orderId(params.orderId), body };
}
