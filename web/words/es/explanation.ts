/** What src/words/en/explanation.ts says, in Spanish. */
import type { ExplanationWords } from '../../../src/words/explain.ts';
import type { Count } from '../../../src/words/grammar.ts';
import { and, counted, or, plural } from './grammar.ts';

const pieces = (count: Count) => counted(count, 'unidad', 'unidades');

export const EXPLANATION: ExplanationWords = {
  quoted: (name) => `«${name}»`,
  named: (name, code) => `${name} (${code})`,
  standing: {
    head: (wanted, parts) =>
      `De ${counted(wanted, 'unidad deseada', 'unidades deseadas')}: ${parts.join(', ')}.`,
    shipped: (units) => counted(units, 'enviada', 'enviadas'),
    allocated: (units) => counted(units, 'asignada', 'asignadas'),
    pending: (units) => counted(units, 'suspendida', 'suspendidas'),
    waits: (units) => counted(units, 'espera', 'esperan'),
    nothing: 'ninguna está abierta',
    bought: 'Espera la compra que se hizo para ella.',
    first: 'Nadie está delante.',
    ahead: (units) => `${pieces(units)} ${plural(units, 'está', 'están')} delante.`,
  },
  rules: {
    none: (version) => `No valió ninguna regla del conjunto ${version}; decidió el orden del canal.`,
    applied: (rules, version) =>
      plural(
        { of: rules.length },
        `Valió la regla ${and(rules)} del conjunto ${version}.`,
        `Valieron las reglas ${and(rules)} del conjunto ${version}.`,
      ),
    apply: (rules, version) =>
      plural(
        { of: rules.length },
        `Vale la regla ${and(rules)} del conjunto ${version}.`,
        `Valen las reglas ${and(rules)} del conjunto ${version}.`,
      ),
    missed: (rules) =>
      `${and(rules)} no ${plural({ of: rules.length }, 'valió', 'valieron')}, porque falta un valor que la condición necesita.`,
  },
  search: {
    exact: 'Los almacenes se eligieron para todo el pedido; ninguna otra elección es mejor.',
    greedy:
      'Los almacenes se eligieron para todo el pedido paso a paso; no se probaron todas las elecciones.',
  },
  had: {
    units: (warehouse, units) => `${warehouse} tenía ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} entrega cuanto se pida`,
    gaveNothing: 'no dio nada',
    gaveAll: 'dio todo lo que tenía',
    gave: (units) => `dio ${units.figure}`,
  },
  has: {
    units: (warehouse, units) => `${warehouse} tiene ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} entrega cuanto se pida`,
    gaveNothing: 'no puede dar nada',
    gaveAll: 'puede dar todo lo que tiene',
    gave: (units) => `puede dar ${units.figure}`,
  },
  asked: (had, gave, because) => `${had} y ${gave}${because.length === 0 ? '' : ` (${because.join(', ')})`}.`,
  keeps: (units) => `guarda ${units.figure} como existencias de seguridad`,
  room: (units) => `hoy tiene capacidad para ${units.figure} más`,
  scores: {
    nearest: (kilometres) => `a ${kilometres.figure} km`,
    nearestUnknown: 'no se sabe la distancia',
    cost: (cost) => `cuesta ${cost} por envío`,
    costUnknown: 'no se sabe el coste',
    fastest: (days) => counted(days, 'día', 'días'),
    fastestUnknown: 'no se sabe el tiempo',
    place: (place) => `puesto ${place.figure} de la lista`,
    balance: (units) => `hoy ya recibió ${pieces(units)}`,
    lastUnits: 'se quedaría con sus últimas unidades',
  },
  excluded: {
    rejected: (warehouse, rule) => `${warehouse} ya rechazó la línea y no se le volvió a preguntar${rule}.`,
    only: (warehouse, rule) => `${warehouse} quedó fuera: deben servir otros${rule}.`,
    exclude: (warehouse, rule) => `${warehouse} quedó fuera${rule}.`,
    within_distance: (warehouse, rule) =>
      `${warehouse} quedó fuera: está demasiado lejos, o no se sabe la distancia${rule}.`,
    in_stock_in_full: (warehouse, rule) => `${warehouse} quedó fuera: no tiene todas las unidades${rule}.`,
  },
  byRule: (rule) => ` (regla ${rule})`,
  tooFew: (warehouse) => `${warehouse} habría dado al pedido muy pocas unidades para un envío.`,
  waitsFor: (warehouses, until) =>
    `Hasta el ${until} espera a ${or(warehouses)} en lugar de servirse desde otro almacén.`,
  waits: {
    backorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'espera', 'esperan')} por falta de existencias; ${ahead}.`,
    preorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'espera', 'esperan')} como reserva antes de salir; ${ahead}.`,
    nobodyAhead: 'no había nadie delante',
    ahead: (units) => `${pieces(units)} ${plural(units, 'estaba', 'estaban')} delante`,
  },
  unfillable: (units, because) =>
    `${pieces(units)} no ${plural(units, 'puede servirse ni puede', 'pueden servirse ni pueden')} esperar${because}.`,
  since: (bar) => `: ${bar}`,
  bars: {
    preorder_not_allowed: 'el producto no puede reservarse antes de salir',
    backorder_not_allowed: 'el producto no puede pedirse sin existencias',
    backorder_window_closed: 'ya no se aceptan pedidos del producto sin existencias',
    limit_per_order: 'se alcanzó el límite por pedido',
    limit_per_customer: 'se alcanzó el límite por cliente',
    limit_per_channel: 'se alcanzó el límite del canal',
    limit_per_product: 'se alcanzó el límite del producto',
    limit_incoming: 'no puede esperar más de lo que está en camino',
  },
  whole: 'El pedido se sirve entero o no se sirve.',
  onHold: 'El pedido está suspendido y no recibe nada hasta que se levante la suspensión.',
  boughtWith: (number) => `Para ella se hizo la compra ${number}.`,
  warehouse: (warehouse) => `El almacén fue ${warehouse}.`,
  reason: (reason) => `Motivo indicado: ${reason}`,
  supply: {
    unknown: (units) => `${pieces(units)}: no se sabe el día, porque de lo pedido no queda nada para esto.`,
    on: (units, day, from) =>
      `${pieces(units)} ${plural(units, 'puede', 'pueden')} enviarse el ${day}, ${from}.`,
    stock: 'de existencias',
    purchaseOrder: (number) => `de la compra ${number}`,
    sure: (percent) => `, con un ${percent.figure} % de seguridad`,
    release: 'a su salida',
    leadTime: 'si se pide hoy',
  },
};
