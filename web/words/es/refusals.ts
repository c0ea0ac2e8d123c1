/** What each refusal says, in Spanish; the English sentences are the server's own. */
import type { RefusalWords, Values } from '../../../src/words/refusal-sentence.ts';
import { INCOMING } from './buying.ts';
import { EXPLANATION } from './explanation.ts';
import { counted, plural } from './grammar.ts';

const AGAIN = 'No se cambió nada; inténtelo de nuevo.';
const stage = (values: Values) => values.word('stage', INCOMING.statuses);
const missing = (what: string, name: string) => (values: Values) => `No existe ${what} ${values.text(name)}.`;

export const REFUSALS: RefusalWords = {
  invalid_request: [
    (values) =>
      `La solicitud no es válida: ${values.each('errors', (error) => error.text('path'))} no tiene un valor válido.`,
  ],
  not_found: [
    missing('el producto', 'sku'),
    (values) => `El pedido ${values.text('orderId')} no tiene línea ${values.text('line')}.`,
    (values) => `La compra ${values.text('purchaseOrder')} no tiene línea ${values.text('line')}.`,
    missing('el pedido', 'orderId'),
    missing('la compra', 'purchaseOrder'),
    missing('el informe guardado', 'savedReport'),
    missing('el conjunto de reglas', 'version'),
    missing('el pedido', 'order'),
    missing('el producto', 'product'),
    missing('el proveedor', 'supplier'),
    missing('el conjunto de reglas', 'rule set'),
    missing('la compra', 'purchase order'),
    missing('el informe guardado', 'saved report'),
    missing('la línea', 'item'),
    missing('el canal de venta', 'sales channel'),
    missing('el almacén', 'warehouse'),
    () => 'Eso no existe.',
  ],
  unknown_sku: [(values) => `No existe el producto ${values.texts('skus')}.`],
  unknown_channel: [
    (values) =>
      `La regla ${values.text('rule')} nombra el canal de venta ${values.text('channel')}, que no existe.`,
    missing('el canal de venta', 'channel'),
  ],
  unknown_warehouse: [
    (values) =>
      `La regla ${values.text('rule')} nombra el almacén ${values.text('warehouse')}, que no existe.`,
    missing('el almacén', 'warehouse'),
  ],
  unknown_supplier: [missing('el proveedor', 'supplier')],
  channel_disabled: [(values) => `El canal de venta ${values.text('channel')} está desactivado.`],
  order_refused: [
    (values) =>
      `El canal no puede aceptar este pedido. ${values.each(
        'items',
        (item) =>
          `${item.text('sku')}: deseadas ${item.count('wanted').figure}, disponibles ${item.count('available').figure}; ${item.word('code', EXPLANATION.bars)}`,
      )}.`,
  ],
  order_number_reused: [
    (values) =>
      `El número ${values.text('number')} ya es de otro pedido de este canal; cambie aquel, o elija otro número.`,
  ],
  reference_reused: [
    (values) => `La referencia ${values.text('reference')} ya es de otro documento; elija otra.`,
  ],
  idempotency_key_reused: [
    () => 'Esta solicitud ya se mandó con otro contenido; vuelva a cargar la página y empiece de nuevo.',
  ],
  order_on_hold: [
    (values) => `El pedido está suspendido: ${values.text('hold')}. Levante antes la suspensión.`,
    () => 'El pedido está suspendido. Levante antes la suspensión.',
  ],
  order_not_on_hold: [(values) => `El pedido ${values.text('orderId')} no está suspendido.`],
  nothing_to_cancel: [
    (values) => `En el pedido ${values.text('orderId')} ya no puede anularse ninguna unidad.`,
  ],
  too_many_units: [
    (values) =>
      `Ya esperan ${values.count('waiting').figure} unidades de ${values.text('sku')}; con ${values.count('units').figure} más pasarían de ${values.count('most').figure}.`,
    (values) =>
      `Ya esperan ${values.count('waiting').figure} unidades del producto de la línea ${values.text('line')}; con ${values.count('units').figure} más pasarían de ${values.count('most').figure}.`,
    (values) =>
      `De la línea ${values.text('line')} ${plural(values.count('cancellable'), 'puede anularse', 'pueden anularse')} como mucho ${counted(values.count('cancellable'), 'unidad', 'unidades')}, no ${values.count('units').figure}.`,
    (values) =>
      `En la línea ${values.text('line')} de ${values.text('purchaseOrder')} ${plural(values.count('open'), 'queda abierta', 'quedan abiertas')} ${counted(values.count('open'), 'unidad', 'unidades')}, no ${values.count('units').figure}.`,
    (values) =>
      `Todas las líneas juntas suman ${values.text('sum')} unidades; se aceptan como mucho ${values.text('most')}.`,
    (values) =>
      `En la línea ${values.text('line')}, ${values.count('quantity').figure} son demasiadas unidades.`,
    (values) =>
      `Eso no es posible con ${values.text('sku')} en ${values.text('warehouse')}: allí hay ${values.count('onHand').figure}.`,
  ],
  too_much_value: [
    (values) =>
      `Todas las líneas juntas valen ${values.text('sum')} en la unidad menor de la moneda; se acepta como mucho ${values.text('most')}.`,
  ],
  quantity_below_committed: [
    (values) =>
      `De la línea ${values.text('line')} ya se ${plural(values.count('least'), 'envió o recogió', 'enviaron o recogieron')} ${counted(values.count('least'), 'unidad', 'unidades')}; ${values.count('quantity').figure} es muy poco.`,
  ],
  not_allocated: [
    (values) =>
      `La línea ${values.text('line')} tiene ${values.count('allocated').figure} asignadas en ${values.text('warehouse')}, no ${values.count('units').figure}.`,
    (values) =>
      `La línea ${values.text('line')} no tiene en ${values.text('warehouse')} unidades asignadas sin recoger.`,
  ],
  not_released: [(values) => `Una reserva no puede enviarse antes del ${values.moment('releaseAt')}.`],
  order_incomplete: [
    (values) => `El pedido ${values.text('orderId')} se envía completo, y una parte aún espera.`,
  ],
  below_release_gate: [
    (values) =>
      `El pedido ${values.text('orderId')} aún no tiene con existencias la parte que se exige para salir.`,
  ],
  insufficient_available: [
    (values) =>
      `${values.text('warehouse')} solo tiene ${values.count('available').figure} de ${values.text('sku')} disponibles.`,
  ],
  below_picked: [
    (values) =>
      `En ${values.text('warehouse')} ya ${plural(values.count('picked'), 'está recogida', 'están recogidas')} ${counted(values.count('picked'), 'unidad', 'unidades')} de ${values.text('sku')}; no pueden ser menos.`,
  ],
  stock_unmanaged: [(values) => `No se llevan existencias del almacén ${values.text('warehouse')}.`],
  warehouse_in_use: [
    (values) =>
      `El almacén ${values.text('warehouse')} tiene existencias o asignaciones abiertas; vacíelo antes de cambiar cómo se llevan.`,
  ],
  not_external: [
    (values) => `${values.text('warehouse')} es un almacén propio; indique en su lugar lo que se recogió.`,
  ],
  supplier_disabled: [
    (values) => `El proveedor ${values.text('supplier')} está desactivado: no se le pide nada.`,
  ],
  not_a_draft: [
    (values) => `La compra ${values.text('purchaseOrder')} ya no es un borrador (${stage(values)}).`,
  ],
  bought_to_order: [
    (values) =>
      `La compra ${values.text('purchaseOrder')} se hizo para pedidos; mándela, o anúlela: entonces sus líneas entran en la fila.`,
  ],
  not_on_its_way: [
    (values) => `La compra ${values.text('purchaseOrder')} no está en camino (${stage(values)}).`,
  ],
  below_minimum: [
    (values) =>
      `El proveedor acepta compras desde ${values.text('minimum')}; esta vale ${values.text('value')} (en la unidad menor de la moneda).`,
  ],
  wrong_warehouse: [
    (values) =>
      `La línea ${values.text('line')} llega a ${values.text('warehouse')}; recíbala allí y trasládela.`,
  ],
  over_receipt: [
    (values) =>
      `La línea ${values.text('line')} solo admite ${values.count('accepted').figure} más, no ${values.count('units').figure}; reciba el resto sin compra.`,
  ],
  partly_received: [
    (values) =>
      `Ya ${plural(values.count('received'), 'llegó', 'llegaron')} ${counted(values.count('received'), 'unidad', 'unidades')} de la compra ${values.text('purchaseOrder')}; cierre lo que sigue abierto.`,
  ],
  purchase_order_ended: [(values) => `La compra ${values.text('purchaseOrder')} ya está anulada.`],
  nothing_to_order: [
    (values) =>
      `No hay nada que pedir a ${values.text('supplier')}: lo que espera está libre, en camino o en borrador.`,
  ],
  unknown_rule_set: [missing('el conjunto de reglas', 'version')],
  invalid_condition: [
    (values) =>
      `La condición de la regla ${values.text('rule')} está mal en la línea ${values.text('line')}, columna ${values.text('column')}.`,
  ],
  reports_busy: [() => 'Ya esperan demasiados informes; inténtelo dentro de un momento.'],
  report_too_slow: [
    () => 'El informe tardaba demasiado; elija un período más corto, menos grupos o un filtro.',
  ],
  too_many_reports: [() => 'Ya hay demasiados informes guardados; borre uno antes.'],
  alarm_needs_measure: [() => 'El informe tiene que mostrar la medida que vigila su alarma.'],
  mail_not_set: [
    () =>
      'No se puede mandar correo: arranque Allot con SMTP_URL (smtp://user:password@host:587) y ALLOT_MAIL_FROM (el remitente).',
  ],
  no_schedule: [() => 'De este informe no se ha dicho a quién se manda.'],
  product_set_aside: [
    (values) =>
      `Desde el ${values.moment('since')} las existencias de ${values.texts('skus')} no pueden darse a quien espera, y nadie puede adelantarse. Allot lo intenta de nuevo por sí solo; mándelo más tarde.`,
  ],
  payload_too_large: [() => 'Lo que se mandó es demasiado grande.'],
  headers_too_large: [() => 'La dirección y la cabecera de la solicitud son demasiado grandes.'],
  request_timeout: [() => 'La solicitud no llegó a tiempo; mándela de nuevo.'],
  unsupported_media_type: [() => 'No se acepta este tipo de contenido.'],
  not_loopback: [() => 'Esta dirección no se atiende; Allot solo responde en este equipo.'],
  foreign_origin: [() => 'La solicitud vino de otra página y no se ejecutó.'],
  overloaded: [() => `Allot tiene ahora demasiado que hacer. ${AGAIN}`],
  outdated_program: [() => 'La base de datos es de una versión más nueva de Allot; actualícelo.'],
  database_unavailable: [() => `La base de datos no responde. ${AGAIN}`],
  outcome_unknown: [
    () =>
      'No se sabe si el cambio se guardó: la conexión se perdió al terminarlo. Compruébelo, o mande lo mismo otra vez.',
  ],
  internal_error: [() => 'Algo falló en Allot; no se cambió nada.'],
};
