/** What the registry of measures says of each, in Spanish. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';

export const DEFINITIONS: Readonly<Record<MeasureId, string>> = {
  items: 'Líneas de pedido.',
  orders: 'Pedidos que tienen una línea así.',
  ordered_units: 'Unidades que se pidieron.',
  waiting_units: 'Unidades que esperan, por el motivo que sea.',
  backordered_units: 'Unidades que esperan porque no hay nada disponible.',
  preordered_units: 'Unidades que esperan una salida.',
  unfillable_units: 'Unidades que nadie puede servir y que no pueden esperar.',
  pending_units: 'Unidades de pedidos suspendidos.',
  allocated_units: 'Unidades que tienen existencias y aún no han salido.',
  shipped_units: 'Unidades que se enviaron.',
  cancelled_units: 'Unidades que se anularon.',
  waiting_items: 'Líneas de las que algo espera.',
  value: 'Lo que las unidades pedidas cuestan a los clientes.',
  waiting_value: 'Lo que las unidades en espera cuestan a los clientes.',
  days_waiting_mean: 'Días que llevan esperando las líneas en espera, de media.',
  days_waiting_median: 'La mitad de las líneas en espera llevan como mucho esos días.',
  days_waiting_p90: 'Nueve de cada diez líneas en espera llevan como mucho esos días.',
  waited_items: 'Líneas de las que algo tuvo que esperar alguna vez.',
  backorder_rate: 'Parte de las líneas de las que algo tuvo que esperar.',
  filled_items: 'Líneas que esperaron y recibieron su última unidad.',
  days_to_fill_mean:
    'Días desde el pedido hasta la última unidad, de media, de las líneas que esperaron y se completaron. Lo que aún espera no cuenta, así que parece mejor de lo que es: véase el tiempo hasta completar.',
  days_to_fill_median: 'La mitad de las líneas completadas esperó como mucho esos días.',
  days_to_fill_p90: 'Nueve de cada diez líneas completadas esperaron como mucho esos días.',
  unit_fill_rate:
    'Parte de las unidades que tenían existencias al aceptarse; sin reservas ni pedidos suspendidos.',
  item_fill_rate:
    'Parte de las líneas cuyas unidades tenían todas existencias en el acto; sin reservas ni pedidos suspendidos.',
  order_fill_rate:
    'Parte de los pedidos cuyas líneas tenían todas existencias en el acto; sin reservas ni pedidos suspendidos.',
  value_fill_rate:
    'Parte del valor que tenía existencias en el acto; sin reservas ni pedidos suspendidos. En una sola moneda.',
  given_up_units: 'Unidades anuladas o reducidas mientras esperaban.',
  taken_back_units:
    'Unidades que tenían existencias y las perdieron: por un recuento, un rechazo, una suspensión u otro pedido.',
  covered_units: 'Unidades en espera para las que se dijo un día: hay suministro en camino.',
  cover_rate: 'Parte de las unidades en espera para las que se dijo un día.',
  first_promise_kept:
    'Parte de las primeras promesas que se cumplieron: la última unidad tuvo existencias el día prometido o antes. Las vencidas cuentan como rotas; las que aún no vencen no cuentan.',
  last_promise_kept: 'Lo mismo con el último día que se dijo al cliente.',
  promise_bias:
    'Días de retraso de las líneas completadas respecto al primer día prometido, de media; menos de 0 es antes.',
  split_rate: 'Parte de los pedidos con existencias que salen de más de un almacén.',
  units_given: 'Unidades que recibieron existencias tras esperar.',
  items_given: 'Líneas que recibieron existencias tras esperar.',
  units_lost: 'Unidades cuyas existencias se retiraron.',
  units_dropped: 'Unidades anuladas o reducidas durante la espera.',
  units_out: 'Unidades que se enviaron.',
  units_held: 'Unidades que un almacén guarda para pedidos.',
  units_sent: 'Unidades que un almacén ha enviado.',
  orders_served: 'Pedidos que un almacén sirve o sirvió.',
  promise_changes: 'Veces que se dijo otro día a los clientes.',
  promises_later: 'Veces que el día se retrasó.',
  promises_earlier: 'Veces que el día se adelantó.',
  promises_unknown: 'Veces que dejó de conocerse un día.',
  refused_orders: 'Pedidos que se rechazaron.',
  refused_units: 'Unidades pedidas y rechazadas. Un pedido que se vuelve a enviar cuenta otra vez.',
  lost_units: 'Unidades por encima de lo disponible y de lo que podía esperar.',
  purchased_units: 'Unidades pedidas a proveedores; sin borradores.',
  received_units: 'Unidades que llegaron.',
  incoming_units: 'Unidades en camino.',
  slip_mean:
    'Días de retraso de las líneas de compra respecto al primer día indicado, de media; menos de 0 es antes.',
  slip_p90:
    'Nueve de cada diez líneas de compra llegaron como mucho esos días después del primer día indicado.',
  late_share: 'Parte de las líneas de compra que llegaron después del primer día indicado.',
  unit_fill_rate_1:
    'Parte de las unidades que tuvo existencias de inmediato o en un día desde el pedido, de pedidos de al menos un día.',
  unit_fill_rate_7:
    'Parte de las unidades que tuvo existencias de inmediato o en 7 días desde el pedido, de pedidos de al menos 7 días.',
  unit_fill_rate_30:
    'Parte de las unidades que tuvo existencias de inmediato o en 30 días desde el pedido, de pedidos de al menos 30 días.',
  item_fill_rate_1:
    'Parte de las líneas cuyas unidades tuvieron todas existencias de inmediato o en un día desde el pedido, de pedidos de al menos un día.',
  item_fill_rate_7:
    'Parte de las líneas cuyas unidades tuvieron todas existencias de inmediato o en 7 días desde el pedido, de pedidos de al menos 7 días.',
  item_fill_rate_30:
    'Parte de las líneas cuyas unidades tuvieron todas existencias de inmediato o en 30 días desde el pedido, de pedidos de al menos 30 días.',
  order_fill_rate_1:
    'Parte de los pedidos cuyas líneas tuvieron todas existencias de inmediato o en un día desde el pedido, de pedidos de al menos un día.',
  order_fill_rate_7:
    'Parte de los pedidos cuyas líneas tuvieron todas existencias de inmediato o en 7 días desde el pedido, de pedidos de al menos 7 días.',
  order_fill_rate_30:
    'Parte de los pedidos cuyas líneas tuvieron todas existencias de inmediato o en 30 días desde el pedido, de pedidos de al menos 30 días.',
  value_fill_rate_1:
    'Parte del valor que tuvo existencias de inmediato o en un día desde el pedido, de pedidos de al menos un día. En una sola moneda.',
  value_fill_rate_7:
    'Parte del valor que tuvo existencias de inmediato o en 7 días desde el pedido, de pedidos de al menos 7 días. En una sola moneda.',
  value_fill_rate_30:
    'Parte del valor que tuvo existencias de inmediato o en 30 días desde el pedido, de pedidos de al menos 30 días. En una sola moneda.',
};
