/** /openapi.json and the page to browse it. */
import type { FastifyInstance } from 'fastify';
import { documentationPage, STYLE } from './documentation-page.ts';
import { openApiDocument } from './openapi.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function addDocumentation(server: FastifyInstance): void {
  const document = JSON.stringify(openApiDocument());
  const page = documentationPage();
  server.get('/openapi.json', async (_, reply) => {
    return await reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
  server.get('/docs', async (_, reply) => {
    return await reply
      .header('content-security-policy', POLICY)
      .header('content-type', 'text/html; charset=utf-8')
      .send(page);
  });
  server.get('/docs.css', async (_, reply) => {
    return await reply.header('content-type', 'text/css; charset=utf-8').send(STYLE);
  });
}
