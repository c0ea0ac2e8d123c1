/** Where one can go from every page, with the letter that follows g. */
export const PLACES = [
  { to: '/', name: 'home', key: 'h' },
  { to: '/orders', name: 'orders', key: 'o' },
  { to: '/waiting', name: 'waiting', key: 'w' },
  { to: '/products', name: 'products', key: 'p' },
  { to: '/inventory', name: 'inventory', key: 'i' },
  { to: '/incoming', name: 'incoming', key: 'a' },
  { to: '/rules', name: 'rules', key: 'r' },
] as const;
