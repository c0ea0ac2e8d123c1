/** What en/order.ts says, in Spanish. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const ORDER: Words['order'] = {
  order: (number) => `Pedido ${number}`,
  of: (customer, channel) => `${customer}, ${channel}`,
  items: 'Líneas',
  line: 'Línea',
  promise: 'Promesa',
  from: 'Desde',
  why: 'Por qué',
  explain: (line) => `Por qué la línea ${line} está así`,
  events: 'Qué pasó',
  hold: 'Suspender',
  lift: 'Levantar la suspensión',
  giveBack: 'Devolver también lo que tiene',
  holdEffect: (allocated, isGivenBack) =>
    `Nada se envía ni se asigna más hasta que se levante. ${
      isGivenBack
        ? `${counted(allocated, 'unidad asignada va', 'unidades asignadas van')} a quien espera.`
        : `Conserva ${counted(allocated, 'unidad asignada', 'unidades asignadas')}.`
    }`,
  cancel: 'Anular lo que aún se pueda',
  cancelTitle: '¿Anular el pedido?',
  cancelEffect: (units, free) =>
    `${plural(units, 'Se anula', 'Se anulan')} ${counted(units, 'unidad', 'unidades')}; ${free.figure} de ellas ${plural(free, 'tiene', 'tienen')} existencias, que van a quien espera.`,
  keep: 'Conservar el pedido',
  held: 'El pedido está suspendido y no recibe nada hasta que se levante.',
  heldBecause: (reason) => `Suspendido: ${reason}`,
  done: {
    changed: 'Cambiado',
    shipped: 'Enviado',
    rejected: 'Retirado; se pregunta a otros almacenes',
    held: 'Suspendido',
    lifted: 'La suspensión está levantada',
    cancelled: 'Anulado',
    priority: 'La prioridad está puesta',
  },
  priority: 'Prioridad',
  priorityHelp: 'Más alta va primero; 0 es la normal',
  priorityEffect: 'Sus líneas en espera se mueven en sus filas; nadie pierde lo que tiene.',
  set: 'Poner',
  notKnown: 'No se sabe: nada pedido al proveedor',
  noPromise: 'Nada espera',
  sure: (percent) => `${percent} % seguro`,
  first: (day) => `primero prometido para el ${day}`,
  sources: {
    stock: 'de existencias',
    purchase_order: 'de la compra',
    release: 'a su salida',
    lead_time: 'por plazo de entrega',
    unknown: 'no se sabe',
  },
  close: 'Cerrar',
  shipments: 'Envíos',
  change: 'Cambiar cantidades',
  now: 'Ahora',
  wanted: 'Deseado',
  wantedOf: (line) => `Deseado en la línea ${line}`,
  changeEffect: (freed, more) =>
    `Libera ${counted(freed, 'unidad', 'unidades')} para quien espera; pide ${more} más.`,
  ship: 'Enviar',
  shipEffect: (units, items, warehouse) =>
    `${counted(units, 'unidad', 'unidades')} de ${counted(items, 'línea', 'líneas')} ${plural(units, 'sale', 'salen')} de ${warehouse} y de sus libros.`,
  reference: 'Referencia',
  referenceHelp: 'Del envío; mandada dos veces, tiene un solo efecto',
  tracking: 'Número de seguimiento',
  reject: 'Rechazado por un almacén',
  rejectEffect: (units, warehouse) =>
    `${plural(units, 'Se retira', 'Se retiran')} ${counted(units, 'unidad', 'unidades')} de ${warehouse}, al que no se vuelve a preguntar por estas líneas; a los demás sí.`,
  reason: 'Motivo',
  told: (day) => `Al cliente se le dijo el ${day}`,
  toldUnknown: 'Al cliente se le dijo que no se sabe el día',
  holdReason: 'Desde el panel',
};

export const EVENTS: Words['events'] = {
  ordered: 'pedido',
  line: (line) => `Línea ${line}`,
  causes: {
    placed: 'hecho',
    filled: 'recibió existencias',
    changed: 'cambiado',
    cancelled: 'anulado',
    held: 'suspendido',
    lifted: 'suspensión levantada',
    taken_back: 'existencias retiradas',
    short_picked: 'no encontrado en el almacén',
    rejected: 'rechazado por el almacén',
    prioritized: 'prioridad cambiada',
    acknowledged: 'confirmado',
    picked: 'recogido',
    shipped: 'enviado',
  },
};
