/**
 * Builds the dashboard from web/ into dist/web, where the server finds it. Calls are typed by the contract table; of its
 * values a page carries only method and path of each operation, made here, and none of the schemas.
 */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { OPERATIONS } from './src/contract/operations.ts';

const ROUTES = 'virtual:routes';

function routesOfContract(): Plugin {
  const routes = Object.entries(OPERATIONS).map(([id, { method, path }]) => [id, { method, path }]);
  return {
    name: 'routes-of-contract',
    resolveId: (id) => (id === ROUTES ? `\0${ROUTES}` : undefined),
    load: (id) =>
      id === `\0${ROUTES}`
        ? `export const ROUTES = ${JSON.stringify(Object.fromEntries(routes))};`
        : undefined,
  };
}

export default defineConfig({
  root: 'web',
  plugins: [react(), routesOfContract()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
