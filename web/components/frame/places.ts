/** Where one can go from every page, with the letter that follows g. */
export const PLACES = [
  { to: '/', name: 'home', key: 'h' },
  { to: '/orders', name: 'orders', key: 'o' },
  { to: '/waiting', name: 'waiting', key: 'w' },
  { to: '/products', name: 'products', key: 'p' },
  { to: '/inventory', name: 'inventory', key: 'i' },
  { to: '/incoming', name: 'incoming', key: 'a' },
  { to: '/purchasing', name: 'purchasing', key: 'b' },
  { to: '/suppliers', name: 'suppliers', key: 's' },
  { to: '/rules', name: 'rules', key: 'r' },
  { to: '/reports', name: 'reports', key: 't' },
  { to: '/channels', name: 'channels', key: 'c' },
  { to: '/warehouses', name: 'warehouses', key: 'm' },
  { to: '/import', name: 'import', key: 'u' },
  { to: '/settings', name: 'settings', key: ',' },
] as const;

/** So many fit into the bar of a phone, beside the way to the others. */
export const PLACES_IN_BAR = 5;
