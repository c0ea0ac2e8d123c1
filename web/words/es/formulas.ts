/** How each measure is worked out, in Spanish. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';
import { plural } from './grammar.ts';

const WAITING = 'pendiente de existencias + reservado + no servible';
const days = (after: number) => `${after} ${plural({ of: after }, 'día', 'días')}`;
const units = (after: number) => `suma(unidades con existencias a ${days(after)}) ÷ suma(unidades aceptadas)`;
const items = (after: number) =>
  `número(líneas con todas sus existencias a ${days(after)}) ÷ número(líneas aceptadas)`;
const orders = (after: number) =>
  `1 − número(pedidos distintos a los que falta algo a ${days(after)}) ÷ número(pedidos distintos aceptados)`;
const value = (after: number) =>
  `suma(unidades con existencias a ${days(after)} × precio unitario) ÷ suma(unidades aceptadas × precio unitario)`;

export const FORMULAS: Readonly<Record<MeasureId, string>> = {
  items: 'número(líneas)',
  orders: 'número(pedidos distintos)',
  ordered_units: 'suma(pedido)',
  waiting_units: `suma(${WAITING})`,
  backordered_units: 'suma(pendiente de existencias)',
  preordered_units: 'suma(reservado)',
  unfillable_units: 'suma(no servible)',
  pending_units: 'suma(en suspenso)',
  allocated_units: 'suma(asignado)',
  shipped_units: 'suma(enviado)',
  cancelled_units: 'suma(anulado)',
  waiting_items: `número(líneas con ${WAITING} > 0)`,
  value: 'suma(pedido × precio unitario)',
  waiting_value: `suma((${WAITING}) × precio unitario)`,
  days_waiting_mean: 'media(ahora − espera desde) de las líneas en espera',
  days_waiting_median: 'mediana(ahora − espera desde) de las líneas en espera',
  days_waiting_p90: 'percentil 90(ahora − espera desde) de las líneas en espera',
  waited_items: 'número(líneas que esperaron alguna vez)',
  backorder_rate: 'número(líneas que esperaron alguna vez) ÷ número(líneas)',
  filled_items: 'número(líneas cuya espera terminó con existencias)',
  days_to_fill_mean: 'media(completada − espera desde) de las líneas completadas',
  days_to_fill_median: 'mediana(completada − espera desde) de las líneas completadas',
  days_to_fill_p90: 'percentil 90(completada − espera desde) de las líneas completadas',
  unit_fill_rate: 'suma(unidades asignadas en el acto) ÷ suma(unidades aceptadas)',
  item_fill_rate: 'número(líneas asignadas en el acto) ÷ número(líneas aceptadas)',
  order_fill_rate: '1 − número(pedidos distintos a los que faltó algo) ÷ número(pedidos distintos aceptados)',
  value_fill_rate:
    'suma(unidades asignadas en el acto × precio unitario) ÷ suma(unidades aceptadas × precio unitario)',
  given_up_units: 'suma(unidades cuya espera terminó por anulación o cambio)',
  taken_back_units: 'suma(unidades que pasaron de asignadas a la espera o a la suspensión)',
  unit_fill_rate_1: units(1),
  unit_fill_rate_7: units(7),
  unit_fill_rate_30: units(30),
  item_fill_rate_1: items(1),
  item_fill_rate_7: items(7),
  item_fill_rate_30: items(30),
  order_fill_rate_1: orders(1),
  order_fill_rate_7: orders(7),
  order_fill_rate_30: orders(30),
  value_fill_rate_1: value(1),
  value_fill_rate_7: value(7),
  value_fill_rate_30: value(30),
  covered_units: 'suma(unidades en espera con día prometido)',
  cover_rate: 'suma(unidades en espera con día prometido) ÷ suma(unidades en espera)',
  first_promise_kept: 'número(completadas el primer día prometido o antes) ÷ número(completadas o vencidas)',
  last_promise_kept: 'número(completadas el último día prometido o antes) ÷ número(completadas o vencidas)',
  promise_bias: 'media(completada − primer día prometido)',
  split_rate: 'número(pedidos distintos desde 2 almacenes o más) ÷ número(pedidos distintos con existencias)',
  units_given: 'suma(en espera → asignado)',
  items_given: 'número(líneas distintas que recibieron existencias)',
  units_lost: 'suma(asignado → en espera o suspendido)',
  units_dropped: 'suma(en espera → nada)',
  units_out: 'suma(asignado → enviado)',
  units_held: 'suma(asignación abierta)',
  units_sent: 'suma(asignación enviada)',
  orders_served: 'número(pedidos distintos)',
  promise_changes: 'número(cambios de una promesa)',
  promises_later: 'número(cambios a un día posterior)',
  promises_earlier: 'número(cambios a un día anterior)',
  promises_unknown: 'número(cambios a ningún día)',
  refused_orders: 'número(pedidos distintos rechazados)',
  refused_units: 'suma(deseado)',
  lost_units: 'suma(deseado − disponible − puede esperar)',
  purchased_units: 'suma(comprado)',
  received_units: 'suma(recibido)',
  incoming_units: 'suma(en camino)',
  slip_mean: 'media(última recepción − primer día esperado) de las líneas terminadas',
  slip_p90: 'percentil 90(última recepción − primer día esperado)',
  late_share:
    'número(líneas con última recepción después del primer día esperado) ÷ número(líneas terminadas)',
};
