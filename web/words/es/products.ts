/** What en/products.ts says, in Spanish. */
import type { Words } from '../en/en.ts';
import { counted } from './grammar.ts';

export const PRODUCTS: Words['products'] = {
  title: 'Productos',
  search: 'Buscar SKU o nombre',
  empty: 'Ningún producto encaja. Añada uno, o importe un fichero.',
  name: 'Nombre',
  queue: 'Quién espera',
  more: 'Qué puede esperar, y el libro',
  add: 'Añadir un producto',
  made: (sku) => `${sku} está añadido; diga cuánto puede esperar`,
  waits: 'Unidades en espera',
  incoming: 'En camino',
  noStock: 'Aún sin existencias. Reciba algunas.',
  stockOf: (sku) => `Existencias de ${sku}`,
  availability: 'Qué recibiría ahora un pedido de una unidad',
  inStock: 'En existencias',
  later: 'Más tarde',
  refused: 'Rechazado',
  ledger: 'Libro',
  moved: 'Movido',
  balance: 'Saldo',
  document: 'Documento',
  when: 'Cuándo',
  forecast: (release, preordered, total) =>
    `Sale el ${release}: ${preordered} reservados hasta ahora, unos ${total} para entonces.`,
  interval: (low, high, launches) => `Entre ${low} y ${high}, según ${launches} salidas anteriores.`,
  noInterval: 'Muy pocas salidas anteriores para decir cuán seguro es.',
};

export const POLICY: Words['policy'] = {
  title: 'Qué puede esperar',
  help: 'Al desactivarlo, lo que ya espera sigue; los límites cuentan lo que está abierto.',
  backorder: 'Pedidos sin existencias',
  backorderAllowed: 'Puede pedirse sin existencias',
  until: 'Último día en que se aceptan',
  preorder: 'Reservas antes de salir',
  preorderAllowed: 'Puede pedirse antes de su salida',
  limits: {
    perOrder: 'Por pedido',
    perCustomer: 'Por cliente',
    perChannel: 'Por canal',
    perProduct: 'En total',
  },
  unlimited: 'sin límite',
  upToIncoming: 'No más de lo que está en camino',
  release: 'Salida',
  releaseTime: 'Hora de salida',
  timeZone: 'Zona horaria',
  save: 'Guardar',
  saved: 'Guardado; cuenta para los pedidos desde ahora',
  onChannels: 'De otro modo en un canal',
  of: (channel) => `En ${channel}`,
  addFor: 'Añadir para un canal',
  add: 'Añadir',
  remove: 'Quitar',
  removed: (channel) => `En ${channel} vuelve a contar lo del producto`,
};

export const INVENTORY: Words['inventory'] = {
  title: 'Existencias',
  warehouse: 'Almacén',
  onHand: 'Presentes',
  allocated: 'Asignadas',
  available: 'Disponibles',
  empty: 'Ninguna existencia encaja. Reciba algunas, o importe un fichero.',
  kinds: {
    receive: 'recibidas',
    return: 'devueltas',
    adjust: 'corregidas',
    count: 'por un recuento',
    damage: 'dadas de baja',
    transfer_out: 'trasladadas fuera',
    transfer_in: 'trasladadas aquí',
    ship: 'enviadas',
    short_pick: 'no encontradas',
  },
};

export const STOCK: Words['stock'] = {
  act: 'Cambiar existencias',
  acts: {
    receive: 'Recibir',
    count: 'Contar',
    adjust: 'Corregir',
    transfer: 'Trasladar a otro almacén',
    damage: 'Dar de baja',
    return: 'Aceptar una devolución',
  },
  help: {
    receive: 'Lo recibido va a quien espera, primero el primero de la fila.',
    count:
      'Lo presente pasa a ser lo contado. Por debajo de lo asignado, los últimos de la fila vuelven a esperar.',
    adjust: 'Añade o quita unidades, con un motivo. Si falta lo asignado, los últimos vuelven a esperar.',
    transfer: 'Traslada unidades libres; las asignadas se quedan.',
    damage:
      'Quita unidades de los libros, con un motivo. Si falta lo asignado, los últimos vuelven a esperar.',
    return: 'Lo devuelto va a quien espera, primero el primero de la fila.',
  },
  done: {
    receive: 'Recibido; se sirve a quien espera',
    count: 'Contado',
    adjust: 'Corregido',
    transfer: 'Trasladado',
    damage: 'Dado de baja',
    return: 'Devuelto; se sirve a quien espera',
  },
  from: 'De',
  to: 'A',
  sku: (line) => `SKU ${line}`,
  units: (line) => `Unidades ${line}`,
  counted: (line) => `Contadas ${line}`,
  effect: (now, after) => `${now} → ${after} presentes`,
  waits: (units) => counted(units, 'espera', 'esperan'),
  addLine: 'Añadir una línea',
  removeLine: (line) => `Quitar la línea ${line}`,
};
