/**
 * Calls over fetch: how an operation, its parameters, query and body become a request, and the answer a value
 * or a refusal. It needs of the contract table only method and path, so that a page can call without carrying
 * the schemas.
 */
import type { z } from 'zod';
import type { RefusalCode } from '../core/kernel/refusal.ts';
import type { Operation } from './operation.ts';
import type { AnswerOf, OperationId, Operations } from './operations.ts';

type Input<Schema extends z.ZodType> = z.input<Schema>;

export interface CallInput<Id extends OperationId> {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Input<Operations[Id]['query']>;
  readonly body?: Input<Operations[Id]['body']>;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
  /** Sent as Idempotency-Key: the same key has one effect and one answer. */
  readonly key?: string;
}

/** Refusals that only the door itself makes. */
const DOOR_CODES = [
  'payload_too_large',
  'headers_too_large',
  'request_timeout',
  'unsupported_media_type',
  'not_loopback',
  'foreign_origin',
  'overloaded',
  'outdated_program',
  'database_unavailable',
  'outcome_unknown',
  'internal_error',
] as const;

/**
 * Everything that a problem document may have as its code; each language of the pages has sentences for each
 * of them.
 */
export type ProblemCode = RefusalCode | (typeof DOOR_CODES)[number];

/** A refusal as it arrives: RFC 9457 problem details. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

export type Answered<Id extends OperationId> =
  | { readonly ok: true; readonly status: number; readonly repeated: boolean; readonly value: AnswerOf<Id> }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

/** Thrown by `must` when the answer is a refusal. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;
  constructor(operation: string, problem: Problem) {
    super(`${operation} was refused: ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

export interface Client {
  /** Calls and returns the answer or the refusal; rejects only when there is no connection. */
  call<Id extends OperationId>(id: Id, input?: CallInput<Id>): Promise<Answered<Id>>;
  /** Calls and returns the value; a refusal throws RefusedError. */
  must<Id extends OperationId>(id: Id, input?: CallInput<Id>): Promise<AnswerOf<Id>>;
}

/** The address of a request: parameters in their places, the query behind. */
export function addressOf(
  base: string,
  path: string,
  input: { readonly params?: Readonly<Record<string, string | number>>; readonly query?: object },
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, parameter: string) =>
    encodeURIComponent(String(input.params?.[parameter] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.size === 0 ? `${base}${filled}` : `${base}${filled}?${query}`;
}

/** Method and path of each operation. */
export type Routes = Readonly<Record<OperationId, Pick<Operation, 'method' | 'path'>>>;

/** What `fetch` is needed for. */
export type Send = (address: string, request: SentRequest) => Promise<Received>;
interface SentRequest {
  readonly method: Operation['method'];
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly signal: AbortSignal | null;
}
type Received = Pick<Response, 'ok' | 'status' | 'json'> & { readonly headers: Pick<Headers, 'get'> };

/** @param base such as http://127.0.0.1:4400; empty on a page of the same server */
export function clientOver(base: string, routes: Routes, send: Send = fetch): Client {
  async function call<Id extends OperationId>(id: Id, input: CallInput<Id> = {}): Promise<Answered<Id>> {
    const { method, path } = routes[id];
    const headers: Record<string, string> = {};
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    if (input.key !== undefined) headers['idempotency-key'] = input.key;
    const response = await send(addressOf(base, path, input), {
      method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal ?? null,
    });
    const answer: unknown = await response.json();
    if (!response.ok) return { ok: false, status: response.status, problem: answer as Problem };
    return {
      ok: true,
      status: response.status,
      repeated: response.headers.get('idempotent-replay') === 'true',
      value: answer as AnswerOf<Id>,
    };
  }
  return {
    call,
    async must(id, input) {
      const answered = await call(id, input);
      if (!answered.ok) throw new RefusedError(id, answered.problem);
      return answered.value;
    },
  };
}
