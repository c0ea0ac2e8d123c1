/** What en/shell.ts says, in Spanish. */
import type { Words } from '../en/en.ts';

export const NAV: Words['nav'] = {
  home: 'Inicio',
  orders: 'Pedidos',
  waiting: 'En espera',
  products: 'Productos',
  inventory: 'Existencias',
  incoming: 'Por llegar',
  purchasing: 'Compras',
  suppliers: 'Proveedores',
  rules: 'Reglas',
  reports: 'Informes',
  channels: 'Canales',
  warehouses: 'Almacenes',
  import: 'Importar',
  settings: 'Ajustes',
  main: 'Menú principal',
  more: 'Más',
  find: 'Buscar',
  skip: 'Ir al contenido',
  lost: (clock) => `Sin conexión desde las ${clock}. Lo que se ve es de entonces; se vuelve a intentar.`,
};

export const STATUS: Words['status'] = {
  shipped: 'Enviado',
  partially_shipped: 'Enviado en parte',
  allocated: 'Asignado',
  partially_allocated: 'Asignado en parte',
  preordered: 'Reservado antes de salir',
  backordered: 'Pendiente de existencias',
  unfillable: 'No servible',
  pending: 'En suspenso',
  cancelled: 'Anulado',
};

export const TABLE: Words['table'] = {
  next: 'Página siguiente',
  first: 'Primera página',
  loading: 'Cargando',
  anyStatus: 'Cualquier estado',
  anyChannel: 'Cualquier canal',
  anyWarehouse: 'Cualquier almacén',
  anySupplier: 'Cualquier proveedor',
  sortBy: 'Ordenar por',
  columns: 'Columnas',
  views: 'Vistas',
  noViews: 'Guarde cómo está ahora esta lista, para volver a ella.',
  viewName: 'Nombre de la vista',
  keepView: 'Guardar',
  removeView: (name) => `Quitar la vista ${name}`,
  export: 'Exportar',
  beside: 'Junto a la lista',
  openPage: 'Abrir la página',
  undo: 'Deshacer',
  leave: 'Dejarlo así',
  add: 'Añadir',
  edit: 'Cambiar',
  saved: (name) => `${name} está guardado`,
  enabled: 'Activo',
  disabled: 'Inactivo',
  chosen: 'Elegido',
  choose: (name) => `Elegir ${name}`,
};

export const PROBLEM: Words['problem'] = { title: 'Esto no se pudo cargar', again: 'Intentar de nuevo' };

export const PALETTE: Words['palette'] = {
  placeholder: 'Ir a una página, un pedido o un producto',
  nothing:
    'Nada encontrado. Los pedidos, por su número entero; los productos, por parte del SKU o del nombre.',
  key: (key) => `g ${key}`,
};

export const KEYS: Words['keys'] = {
  title: 'Teclas',
  says: {
    'ctrl k': 'Ir a cualquier sitio, encontrarlo todo',
    '/': 'Al primer campo de la página',
    '↑ ↓': 'De fila en fila',
    Enter: 'Abrir la fila',
    Esc: 'Cerrar',
    '?': 'Mostrar las teclas',
  },
};

export const NOTHING_HERE: Words['nothingHere'] = { title: 'Esa página no existe', home: 'Ir al inicio' };
