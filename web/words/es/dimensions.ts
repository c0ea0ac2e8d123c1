/** What each dimension means, in Spanish. */
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';

export const DIMENSIONS: Readonly<Record<DimensionId, string>> = {
  status: 'Estado de la línea.',
  kind: 'Si la línea espera, o esperaría, por falta de existencias o como reserva antes de salir.',
  channel: 'Código del canal de venta.',
  warehouse: 'Código del almacén donde hay existencias, o al que deben llegar.',
  product: 'SKU del producto.',
  supplier: 'Código del proveedor al que se pide primero el producto, o al que se pidió.',
  customer_group: 'Grupo del cliente.',
  country: 'País al que se envía el pedido.',
  priority: 'Prioridad de la línea.',
  currency: 'Moneda del canal de venta.',
  age: 'Días que una línea en espera lleva esperando: 0–3, 4–7, 8–14, 15–21, 22–30, 31–45, 46 y más.',
  cause: 'Qué causó el cambio.',
  document: 'El documento o acto detrás del cambio, como una recepción.',
  rule: 'Reglas que valieron para el cambio.',
  refusal_code: 'Por qué se rechazó.',
  placed: 'Día en que se hizo o se intentó el pedido.',
  filled: 'Día en que una línea en espera recibió su última unidad.',
  changed: 'Día en que ocurrió.',
  sent: 'Día en que se mandó la compra.',
  expected: 'Día en que se esperaba primero la línea de la compra.',
};
