/**
 * The pages by their address. What is chosen on a page is part of its address, so that a link shows the same to others. A
 * page is loaded when it is opened, or about to be.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NothingHerePage } from './components/frame/nothing-here.tsx';
import { Shell } from './components/frame/shell.tsx';
import {
  importSearch,
  incomingSearch,
  inventorySearch,
  listSearch,
  ordersSearch,
  parseSearch,
  productsSearch,
  purchasingSearch,
  reportSearch,
  riskSearch,
  rulesSearch,
  stringifySearch,
  waitingSearch,
} from './search.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NothingHerePage });
const at = { getParentRoute: () => root };

/** A page whose file is loaded when it is opened. */
function later(load: () => Promise<() => ReactNode>) {
  return lazyRouteComponent(async () => ({ default: await load() }));
}

const TREE = root.addChildren([
  createRoute({
    ...at,
    path: '/',
    component: later(() => import('./pages/home.tsx').then((file) => file.HomePage)),
  }),
  createRoute({
    ...at,
    path: '/orders',
    component: later(() => import('./pages/orders.tsx').then((file) => file.OrdersPage)),
    validateSearch: ordersSearch,
  }),
  createRoute({
    ...at,
    path: '/orders/$orderId',
    component: later(() => import('./pages/order.tsx').then((file) => file.OrderPage)),
  }),
  createRoute({
    ...at,
    path: '/waiting',
    component: later(() => import('./pages/waiting.tsx').then((file) => file.WaitingPage)),
    validateSearch: waitingSearch,
  }),
  createRoute({
    ...at,
    path: '/products',
    component: later(() => import('./pages/products.tsx').then((file) => file.ProductsPage)),
    validateSearch: productsSearch,
  }),
  createRoute({
    ...at,
    path: '/products/$sku',
    component: later(() => import('./pages/product.tsx').then((file) => file.ProductPage)),
  }),
  createRoute({
    ...at,
    path: '/inventory',
    component: later(() => import('./pages/inventory.tsx').then((file) => file.InventoryPage)),
    validateSearch: inventorySearch,
  }),
  createRoute({
    ...at,
    path: '/incoming',
    component: later(() => import('./pages/incoming.tsx').then((file) => file.IncomingPage)),
    validateSearch: incomingSearch,
  }),
  createRoute({
    ...at,
    path: '/incoming/$number',
    component: later(() => import('./pages/purchase-order.tsx').then((file) => file.PurchaseOrderPage)),
  }),
  createRoute({
    ...at,
    path: '/purchasing',
    component: later(() => import('./pages/purchasing.tsx').then((file) => file.PurchasingPage)),
    validateSearch: purchasingSearch,
  }),
  createRoute({
    ...at,
    path: '/suppliers',
    component: later(() => import('./pages/suppliers.tsx').then((file) => file.SuppliersPage)),
    validateSearch: listSearch,
  }),
  createRoute({
    ...at,
    path: '/rules/edit',
    component: later(() => import('./pages/rules-edit.tsx').then((file) => file.RulesEditPage)),
    validateSearch: rulesSearch,
  }),
  createRoute({
    ...at,
    path: '/rules',
    component: later(() => import('./pages/rules.tsx').then((file) => file.RulesPage)),
    validateSearch: rulesSearch,
  }),
  createRoute({
    ...at,
    path: '/reports',
    component: later(() => import('./pages/reports/reports.tsx').then((file) => file.ReportsPage)),
  }),
  createRoute({
    ...at,
    path: '/reports/at-risk',
    component: later(() => import('./pages/reports/at-risk.tsx').then((file) => file.AtRiskPage)),
    validateSearch: riskSearch,
  }),
  createRoute({
    ...at,
    path: '/reports/build',
    component: later(() => import('./pages/reports/report.tsx').then((file) => file.ReportPage)),
    validateSearch: reportSearch,
  }),
  createRoute({
    ...at,
    path: '/channels',
    component: later(() => import('./pages/channels.tsx').then((file) => file.ChannelsPage)),
    validateSearch: listSearch,
  }),
  createRoute({
    ...at,
    path: '/warehouses',
    component: later(() => import('./pages/warehouses.tsx').then((file) => file.WarehousesPage)),
    validateSearch: listSearch,
  }),
  createRoute({
    ...at,
    path: '/import',
    component: later(() => import('./pages/import.tsx').then((file) => file.ImportPage)),
    validateSearch: importSearch,
  }),
  createRoute({
    ...at,
    path: '/settings',
    component: later(() => import('./pages/settings.tsx').then((file) => file.SettingsPage)),
  }),
]);

export function createPages() {
  return createRouter({
    routeTree: TREE,
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
