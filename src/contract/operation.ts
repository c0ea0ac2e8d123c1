/**
 * What one operation of the API is: method, path, schemas, the refusals it may answer with. The table of them
 * (operations.ts) is the only description of the wire: routes, the OpenAPI document, the typed client and the
 * bad-input proof are all made from it.
 */
import { z } from 'zod';
import type { RefusalCode } from '../core/kernel/refusal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Groups of operations, in the order in which the documentation shows them. */
export const TAGS = [
  'Orders',
  'Waiting',
  'Sourcing',
  'Promises',
  'Purchasing',
  'Inventory',
  'Catalog',
  'Reports',
] as const;
export type Tag = (typeof TAGS)[number];

export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** With parameters in braces: /v1/orders/{orderId} */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** Status of the answer when something was made (201) or not (200). */
  readonly status: 200 | 201;
  /** It changes something: such a request may carry an Idempotency-Key. A POST that only reads ignores one. */
  readonly changes: boolean;
  /** Most bytes of the body, where that is more than of others. */
  readonly bodyLimit: number | undefined;
  /** Refusals beside invalid_request, in the order in which they are checked. */
  readonly refusals: readonly RefusalCode[];
}

const nothing = z.strictObject({});
export type Nothing = typeof nothing;
/** For operations that take no body: an empty one or none. */
export const noBody = z.undefined().or(z.null()).or(nothing);

interface Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>
  extends Pick<Operation, 'method' | 'path' | 'tag' | 'summary'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  readonly status?: 200 | 201;
  /** false for a read that is a POST since it has a body; else whatever is not GET changes something. */
  readonly changes?: boolean;
  readonly bodyLimit?: number;
  readonly refusals?: readonly RefusalCode[];
}

export function operation<
  A extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = typeof noBody,
>(given: Given<P, Q, B, A>): Operation<P, Q, B, A> {
  return {
    method: given.method,
    path: given.path,
    tag: given.tag,
    summary: given.summary,
    params: given.params ?? (nothing as unknown as P),
    query: given.query ?? (nothing as unknown as Q),
    body: given.body ?? (noBody as unknown as B),
    answer: given.answer,
    status: given.status ?? 200,
    bodyLimit: given.bodyLimit,
    changes: given.changes ?? given.method !== 'GET',
    refusals: given.refusals ?? [],
  };
}
