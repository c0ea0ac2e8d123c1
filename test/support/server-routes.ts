/** Every route that a server registers, whether the contract table knows it or not: what holds for all is asked of these. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { startTestServer, type TestServer } from './server.ts';

export interface Route {
  readonly method: string;
  /** As it was registered: /v1/orders/:orderId */
  readonly url: string;
  /** One address of it. */
  readonly path: string;
}

export async function startWithRoutes(): Promise<TestServer & { readonly routes: readonly Route[] }> {
  const routes: Route[] = [];
  function watch(message: unknown): void {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      const path = url.replaceAll(/:\w+/g, '1');
      for (const each of [method].flat()) routes.push({ method: each, url, path });
    });
  }
  subscribe('fastify.initialization', watch);
  try {
    return { ...(await startTestServer()), routes };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}
