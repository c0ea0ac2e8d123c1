/** What en/lists.ts says, in Spanish. */
import type { Words } from '../en/en.ts';
import { counted } from './grammar.ts';

export const ORDERS: Words['orders'] = {
  title: 'Pedidos',
  empty: 'Ningún pedido encaja. Vacíe los filtros, o haga un pedido.',
  by: 'Mostrado por',
  placedSince: (day) => `Pedidos desde el ${day}`,
  number: 'Número',
  channel: 'Canal',
  customer: 'Cliente',
  placed: 'Pedido',
  status: 'Estado',
  quantities: 'Unidades',
  sku: 'SKU',
  guest: 'Invitado',
};

export const WAITING: Words['waiting'] = {
  title: 'En espera',
  choose: 'Abra un producto para ver quién lo espera, primero el primero de la fila.',
  byProduct: 'Por producto',
  byItem: 'Por línea',
  kind: 'Clase',
  anyKind: 'Cualquier clase',
  nobodyAtAll: 'Nadie espera: todo lo aceptado tiene existencias.',
  order: 'Pedido',
  since: 'Espera desde',
  ahead: 'Unidades delante',
  units: 'Unidades en espera',
  promised: 'Prometido',
  priority: 'Prioridad',
  nobody: 'Nadie espera este producto.',
  unknown: 'no se sabe',
  bulk: 'Con lo elegido',
  bulkChosen: (orders) => counted(orders, 'pedido elegido', 'pedidos elegidos'),
  bulkDone: (orders) => counted(orders, 'pedido cambiado', 'pedidos cambiados'),
  putFirst: 'Al principio de la fila',
  usual: 'Prioridad normal',
  chooseNone: 'No elegir ninguno',
};
