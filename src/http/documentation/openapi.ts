/** The OpenAPI 3.1 document, made from the contract table. */
import { z } from 'zod';
import { IMPORT_KINDS } from '../../contract/imports.ts';
import type { Operation } from '../../contract/operation.ts';
import { OPERATIONS } from '../../contract/operations.ts';
import { STATUS_OF } from '../problem.ts';

type Json = Readonly<Record<string, unknown>>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }));
}

const KEY_PARAMETER: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same key with the same request has one effect and one answer, for 30 days; with another request it is refused',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
};

/** For what stands in line before it is done. */
const PREFER_PARAMETER: Json = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description:
    'wait=seconds (RFC 7240): turned away with 503 and Retry-After when it would stand in line for longer; at most 5 s',
  schema: { type: 'string', example: 'wait=2' },
};

/** What any operation may meet; only a change can be in doubt. */
function doorCodesOf({ method }: Operation) {
  const codes = ['overloaded', 'database_unavailable'] as const;
  return method === 'GET' ? codes : ([...codes, 'outcome_unknown'] as const);
}

function responsesOf(operation: Operation): Json {
  const { answer, status, refusals } = operation;
  const byStatus = new Map<number, string[]>();
  for (const code of ['invalid_request', ...refusals, ...doorCodesOf(operation)] as const) {
    byStatus.set(STATUS_OF[code], [...(byStatus.get(STATUS_OF[code]) ?? []), code]);
  }
  const refused = [...byStatus].map(([number, codes]): [string, Json] => [
    String(number),
    {
      description: [...new Set(codes)].join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return {
    [String(status)]: {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(answer, 'output') } },
    },
    ...Object.fromEntries(refused),
  };
}

function operationJson(id: string, operation: Operation): Json {
  const body = schemaOf(operation.body, 'input');
  const hasBody = operation.method !== 'GET' && body['type'] === 'object' && body['properties'] !== undefined;
  const parameters = [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')];
  return {
    operationId: id,
    tags: [operation.tag],
    summary: operation.summary,
    parameters: operation.changes ? [...parameters, KEY_PARAMETER, PREFER_PARAMETER] : parameters,
    ...(hasBody && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: responsesOf(operation),
  };
}

const PROBLEMS: Json = {
  '400': {
    description: 'invalid_request',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};

/** What answers in more than one piece, and so is not in the table. */
const STREAMS: Json = {
  '/v1/changes': {
    get: {
      operationId: 'watchChanges',
      tags: ['Reports'],
      summary: 'Server-sent events: something changed since the event before; Last-Event-ID goes on there',
      parameters: [
        {
          name: 'since',
          in: 'query',
          required: false,
          description: 'The id of the last event seen, as Last-Event-ID has it',
          schema: { type: 'string' },
        },
      ],
      responses: {
        '200': { description: 'Events change and lost', content: { 'text/event-stream': {} } },
        ...PROBLEMS,
      },
    },
  },
  '/v1/reports/file': {
    get: {
      operationId: 'getReportFile',
      tags: ['Reports'],
      summary: 'A custom report as a file; see runReport',
      parameters: [
        { name: 'report', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'format', in: 'query', required: true, schema: { type: 'string', enum: ['csv', 'xlsx'] } },
        { name: 'name', in: 'query', required: false, schema: { type: 'string' } },
      ],
      responses: { '200': { description: 'The file', content: { 'text/csv': {} } }, ...PROBLEMS },
    },
  },
  '/v1/imports/{kind}': {
    post: {
      operationId: 'importFile',
      tags: ['Catalog'],
      summary:
        'Import a CSV file; a line of JSON for progress, each rejected row, and what came of it. It takes no Idempotency-Key: the same file sent again goes on where it ended',
      parameters: [
        { name: 'kind', in: 'path', required: true, schema: { type: 'string', enum: IMPORT_KINDS } },
        { name: 'channel', in: 'query', required: false, schema: { type: 'string' } },
      ],
      requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
      responses: {
        '200': { description: 'Lines, as they come', content: { 'application/x-ndjson': {} } },
        ...PROBLEMS,
      },
    },
  },
};

export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = operationJson(id, operation);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Allot',
      version: '0.2.0',
      description: 'Backorders and pre-orders: place orders, receive stock, see what waits and why.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: { ...paths, ...STREAMS },
    components: {
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457 problem details with a stable code',
          required: ['type', 'title', 'status', 'code', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', enum: Object.keys(STATUS_OF) },
            detail: { type: 'string' },
          },
        },
      },
    },
  };
}
