/**
 * Routes, made from the contract table: validate, act, answer. What is invalid fails here with every
 * path that is wrong; what is refused gets its status from problem.ts; nothing else decides about the wire.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Contents } from '../app/frame/contents.ts';
import type { Answered, ChangeRequest } from '../app/frame/once.ts';
import { ordersBefore } from '../app/placing/place-request.ts';
import type { OnLeave } from '../app/reports/report-desk.ts';
import { canonicalJson, writerOf } from '../contract/canonical.ts';
import type { Operation } from '../contract/operation.ts';
import { OPERATIONS, type OperationId } from '../contract/operations.ts';
import type { OrderRequest } from '../contract/orders.ts';
import { MAX_PAGE, word } from '../contract/values.ts';
import { catalogActs } from './acts/catalog-acts.ts';
import type { Acts, Call, HttpContext } from './acts/context.ts';
import { customReportActs } from './acts/custom-report-acts.ts';
import { orderActs } from './acts/order-acts.ts';
import { promiseActs, purchaseOrderActs, purchasingActs, supplierActs } from './acts/purchasing-acts.ts';
import { reportActs } from './acts/report-acts.ts';
import { savedReportActs } from './acts/saved-report-acts.ts';
import { sourcingActs } from './acts/sourcing-acts.ts';
import { stockActs } from './acts/stock-acts.ts';
import { askerOf } from './asker.ts';
import { askedForFile, type PageOfRows, sendFile } from './file-answer.ts';
import { type Problem, problem, problemOf } from './problem.ts';
import { turnsOf } from './turns-of.ts';

const ACTS: Acts = {
  ...orderActs,
  ...stockActs,
  ...catalogActs,
  ...sourcingActs,
  ...supplierActs,
  ...purchaseOrderActs,
  ...promiseActs,
  ...purchasingActs,
  ...reportActs,
  ...customReportActs,
  ...savedReportActs,
};

/** Deepest JSON that is looked at. */
const MAX_DEPTH = 32;
const idempotencyKey = word(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters');

type AnyCall = Call<OperationId>;
type AnyAct = (context: HttpContext, call: AnyCall) => Promise<Answered<unknown>>;

export function addRoutes(server: FastifyInstance, context: HttpContext): void {
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const operation: Operation = OPERATIONS[id];
    const act = ACTS[id] as AnyAct;
    const write = writerOf(operation.body);
    server.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(operation.bodyLimit !== undefined && { bodyLimit: operation.bodyLimit }),
      ...(PLACES_ORDERS.has(id) && { onRequest: async () => turnAway(context) }),
      handler: async (request, reply) => await answer({ context, id, operation, act, write }, request, reply),
    });
  }
}

/** What joins the line of orders. */
const PLACES_ORDERS: ReadonlySet<OperationId> = new Set(['placeOrder', 'placeOrders']);

/** Before the body is read: under a storm, reading what is turned away would be most of the work. */
function turnAway({ batcher }: HttpContext): void {
  const why = batcher.whyFull();
  if (why !== undefined) throw why;
}

interface Route {
  readonly context: HttpContext;
  readonly id: OperationId;
  readonly operation: Operation;
  readonly act: AnyAct;
  /** Writes a body as it was understood. */
  readonly write: (body: unknown) => string;
}

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply) {
  const { format, query } = askedForFile(route.operation, request.query);
  const onLeave: OnLeave = (listener) => reply.raw.once('close', listener);
  const call = validate(route, request, format !== undefined ? wholePages(route.operation, query) : query);
  if ('status' in call) return await sendProblem(reply, call);
  const asked = { ...call, onLeave, asker: askerOf(request, reply) };
  const asFile = format !== undefined;
  const { outcome, repeated } = await actInTurn(route, asked, asFile);
  if (repeated) reply.header('idempotent-replay', 'true');
  if (!outcome.ok) return await sendProblem(reply, problemOf(outcome.refusal));
  if (format !== undefined) {
    return await sendFile(reply, {
      format,
      operation: route.operation,
      name: fileName(route.operation),
      first: outcome.value as PageOfRows,
      read: (cursor) => actInTurn(route, nextRows(route, asked, cursor), asFile),
    });
  }
  return await reply
    .code(route.operation.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(outcome.value));
}

/** Acts in its turn; who only reads has connections apart from those who change something. */
async function actInTurn(route: Route, call: AnyCall, asFile: boolean): Promise<Answered<unknown>> {
  const { context, operation } = route;
  const act = () => route.act(operation.changes ? context : { ...context, app: context.reader }, call);
  const turns = turnsOf(context.turns, route, asFile);
  return turns === undefined ? await act() : await turns.run(call.asker, act);
}

/** Rows of a file that are read at once: more than a page for eyes has. */
const ROWS_AT_ONCE = 2_000;

function isPaged({ query }: Operation): boolean {
  return query instanceof z.ZodObject && 'limit' in query.shape;
}

/** Files are read from the first row on. */
function wholePages(operation: Operation, query: unknown): unknown {
  return isPaged(operation) ? { ...(query as object), limit: MAX_PAGE, cursor: undefined } : query;
}

function nextRows({ operation }: Route, call: AnyCall, cursor: string | undefined): AnyCall {
  const limit = isPaged(operation) ? { limit: ROWS_AT_ONCE } : {};
  // a file that has begun is read to its end
  const asker = { ...call.asker, patienceMs: Number.POSITIVE_INFINITY };
  return { ...call, asker, query: { ...call.query, ...limit, cursor } } as AnyCall;
}

/** purchase-orders of /v1/purchase-orders */
function fileName({ path }: Operation): string {
  return path.split('/').findLast((part) => !part.startsWith('{')) ?? 'rows';
}

export async function sendProblem(reply: FastifyReply, sent: Problem) {
  if (sent.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '1');
  return await reply
    .code(sent.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(sent));
}

type Validated = Omit<Call<OperationId>, 'onLeave' | 'asker'>;

interface FieldError {
  readonly in: string;
  readonly path: string;
  readonly message: string;
}

function validate(route: Route, request: FastifyRequest, asked: unknown): Validated | Problem {
  const { operation } = route;
  if (tooDeep(request.body, MAX_DEPTH)) {
    return problem('invalid_request', `The body nests deeper than ${MAX_DEPTH} levels`);
  }
  const params = operation.params.safeParse(request.params);
  const query = operation.query.safeParse(asked);
  const body = operation.body.safeParse(request.body);
  const mayBeKeyed = operation.method !== 'GET';
  const key = (mayBeKeyed ? idempotencyKey.optional() : z.any()).safeParse(
    request.headers['idempotency-key'],
  );
  if (params.success && query.success && body.success && key.success) {
    const understood = { params: params.data, body: body.data };
    const change = changeOf(route, request, {
      ...understood,
      key: operation.changes ? (key.data as string | undefined) : undefined,
    });
    return { ...understood, query: query.data, change } as Validated;
  }
  const errors = [
    ...fieldErrors('path', params.error),
    ...fieldErrors('query', query.error),
    ...fieldErrors('body', body.error),
    ...fieldErrors('header idempotency-key', key.error),
  ];
  const [first] = errors;
  const where =
    first === undefined ? '' : `${first.in}${first.path === '' ? '' : ` ${first.path}`}: ${first.message}`;
  return problem('invalid_request', `The request is not valid. ${where}`, { errors });
}

interface Understood {
  readonly key: string | undefined;
  readonly params: unknown;
  readonly body: unknown;
}

/** What a repeat of the request must equal; it is written only when it is asked for. */
function changeOf(
  { id, write }: Route,
  request: FastifyRequest,
  { key, params, body }: Understood,
): ChangeRequest {
  const before = () =>
    id === 'placeOrder' ? ordersBefore(body as OrderRequest) : [JSON.stringify([params, body])];
  return {
    operation: id,
    key,
    sent: new Contents(() => canonicalJson([request.params, request.body ?? {}]), before),
    meant: () => `${id} ${canonicalJson(params)} ${write(body)}`,
  };
}

/** Errors named in one answer at most. */
const MAX_ERRORS = 50;

function fieldErrors(place: string, error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).slice(0, MAX_ERRORS).map((issue) => ({
    in: place,
    path: issue.path.map(String).join('.').slice(0, 200),
    message: issue.message.slice(0, 300),
  }));
}

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const member of Object.values(value)) if (tooDeep(member, left - 1)) return true;
  return false;
}
