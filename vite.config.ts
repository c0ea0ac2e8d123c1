/**
 * Builds the dashboard from web/ into dist/web, where the server finds it. Calls are typed by the contract table; of its
 * values a page carries only method and path of each operation, made here, and none of the schemas.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** Each file that is worth it stands there compressed as well, so that the server need not do it for each page. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const file = join(dir ?? '', name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: 'web',
  plugins: [react(), routesOfContract(), compressed()],
  // short names: they travel twice, in the styles and in the scripts
  css: { modules: { generateScopedName: '_[hash:base64:4]' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // all styles are one small file: their order is that of the imports, and no page stands bare while its own come
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
