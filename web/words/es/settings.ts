/** What en/settings.ts says, in Spanish. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const CHANNELS: Words['channels'] = {
  title: 'Canales',
  sentence: 'De dónde vienen los pedidos, y qué almacenes los sirven.',
  empty: 'Aún no hay canal. Añada el primero.',
  add: 'Añadir un canal',
  servedBy: 'Servido por, el primero primero',
  acceptance: 'Acepta pedidos',
  accepts: {
    strict: 'como está permitido',
    accept_always: 'siempre; lo que no puede esperar es no servible',
  },
  shipping: 'Envía',
  ships: { partial: 'lo que hay', complete: 'pedidos enteros' },
  whenIncomplete: 'Lo que está listo de un pedido entero',
  incomplete: { hold: 'se guarda para él', give_back: 'se deja a otros' },
};

export const WAREHOUSES: Words['warehouses'] = {
  title: 'Almacenes',
  empty: 'Aún no hay almacén. Añada el primero.',
  add: 'Añadir un almacén',
  map: 'Almacenes en un mapa',
  kind: 'Clase',
  kinds: { own: 'Propio', external: 'Externo' },
  stock: 'Existencias',
  stocks: { managed: 'llevadas aquí', unmanaged: 'entrega siempre' },
  country: 'País',
  latitude: 'Latitud',
  longitude: 'Longitud',
  handlingDays: 'Días hasta el envío',
  closed: 'Cerrado los',
};

export const IMPORT: Words['import'] = {
  title: 'Importar',
  act: 'Importar',
  sentence:
    'Las filas buenas quedan, las malas vuelven en un fichero. Lo que ya se importó no se repite; las existencias se cuentan de nuevo.',
  kind: 'Qué contiene el fichero',
  kinds: {
    orders: 'Pedidos',
    products: 'Productos',
    inventory: 'Recuentos',
    suppliers: 'Proveedores',
    'supplier-products': 'Qué venden los proveedores',
    'purchase-orders': 'Compras',
    receipts: 'Entradas',
  },
  columns: {
    orders:
      'Columnas: channel, number, sku, quantity; si se quiere, customer, placed_at, priority, unit_price y más.',
    products:
      'Columnas: sku; name si es nuevo; si se quiere, backorder_allowed, release_at y más. Lo que no tiene columna se queda como está.',
    inventory: 'Columnas: sku, warehouse, on_hand.',
    suppliers:
      'Columnas: code; si es nuevo, name, currency, time_zone, lead_days. Lo que no tiene columna se queda como está.',
    'supplier-products': 'Columnas: supplier, sku; si se quiere, unit_price, pack_size, lead_days y más.',
    'purchase-orders':
      'Columnas: number, supplier, sku, warehouse, quantity; si se quiere, expected_on y más.',
    receipts: 'Columnas: reference, sku, warehouse, units; si se quiere, purchase_order, line y más.',
  },
  noChannel: { orders: 'Cada fila nombra su canal', products: 'Para todos los canales' },
  file: 'Fichero CSV',
  chooseFile: 'Elegir un fichero',
  noFile: 'No elegir fichero',
  start: 'Importar el fichero',
  progress: 'Leído del fichero',
  rejectedSoFar: (rows) => `${counted(rows, 'fila mala', 'filas malas')} hasta ahora`,
  failed: 'El fichero no se importó',
  done: (rows) => counted(rows, 'fila importada', 'filas importadas'),
  repeated: (rows) => `${counted(rows, 'fila ya estaba importada', 'filas ya estaban importadas')}.`,
  rejected: (rows) =>
    plural(
      rows,
      `${rows.figure} fila es mala y no cambió nada. Corríjala e impórtela de nuevo.`,
      `${rows.figure} filas son malas y no cambiaron nada. Corríjalas e impórtelas de nuevo.`,
    ),
  badRows: (rows) => plural(rows, 'La primera fila mala', `Las primeras ${rows.figure} filas malas`),
  saveBad: 'Guardar las filas malas en un fichero',
  bad: 'Filas malas',
  line: 'Línea',
  column: 'Columna',
  problem: 'Problema',
  row: 'Contenido',
};

export const SETTINGS: Words['settings'] = {
  title: 'Ajustes',
  looks: 'Este navegador',
  looksHelp: 'Los guarda este navegador y no cambian nada para otros.',
  language: 'Idioma',
  theme: 'Colores',
  themes: { auto: 'Como el sistema', light: 'Claro', dark: 'Oscuro' },
  density: 'Densidad',
  densities: { comfortable: 'Cómoda', compact: 'Compacta' },
  promises: 'Promesas',
  confidence: 'Seguridad, por ciento',
  confidenceHelp: 'Tantas de cada cien promesas deben cumplirse',
  quietDays: 'Días de calma',
  quietHelp: 'Si una promesa no se mueve más que esto, ningún cliente lo oye',
  save: 'Guardar',
  saved: 'Guardado; se vuelven a mirar las promesas',
};
