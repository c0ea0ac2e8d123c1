/** What the acts of one node share, and the form every act has. */
import type { App } from '../../app/frame/app.ts';
import { type Answered, type ChangeRequest, fresh } from '../../app/frame/once.ts';
import type { Asker } from '../../app/frame/overload.ts';
import { notFound, type Thing } from '../../app/frame/refusals.ts';
import type { OrderBatcher } from '../../app/placing/order-batcher.ts';
import type { OnLeave, ReportDesk } from '../../app/reports/report-desk.ts';
import type { AnswerOf, BodyOf, OperationId, ParamsOf, QueryOf } from '../../contract/operations.ts';
import type { AllTurns } from '../turns-of.ts';

export interface HttpContext {
  readonly app: App;
  /** The same over the connections of those who only read. */
  readonly reader: App;
  readonly turns: AllTurns;
  readonly batcher: OrderBatcher;
  readonly reports: ReportDesk;
  /** Looks for reports to mail; undefined when no mail can be sent. */
  readonly ringForMail: (() => void) | undefined;
}

/** A validated request to one operation. */
export interface Call<Id extends OperationId> {
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  /** For changes: the operation, its Idempotency-Key and what a repeat must equal. */
  readonly change: ChangeRequest;
  /** Tells when the caller has gone and waits for nothing any more. */
  readonly onLeave: OnLeave;
  readonly asker: Asker;
}

export type Act<Id extends OperationId> = (
  context: HttpContext,
  call: Call<Id>,
) => Promise<Answered<AnswerOf<Id>>>;

export type Acts<Ids extends OperationId = OperationId> = { readonly [Id in Ids]: Act<Id> };

/** The answer of a read. */
export function found<T>(value: T): Answered<T> {
  return fresh({ ok: true, value });
}

/** The answer of a read of what may not be there. */
export function foundOr<T>(value: T | undefined, what: Thing, id: string | number): Answered<T> {
  return fresh(value === undefined ? notFound(what, id, { [what]: id }) : { ok: true, value });
}
