/** Method and path of each operation of the contract, made by vite.config.ts. */
declare module 'virtual:routes' {
  export const ROUTES: import('../src/contract/call.ts').Routes;
}
