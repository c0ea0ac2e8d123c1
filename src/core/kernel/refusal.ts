/**
 * Refusals are values. A use case answers with an Outcome: the value, or a refusal with a stable code and
 * the details that say which field, which value, and what would be accepted. Codes are one closed list, so
 * that the table from code to HTTP status (http/problem.ts) is total and a new code does not compile
 * until it is mapped.
 */
const REFUSAL_CODES = [
  'invalid_request',
  'not_found',
  'unknown_sku',
  'unknown_channel',
  'unknown_warehouse',
  'unknown_supplier',
  'channel_disabled',
  'order_refused',
  'order_number_reused',
  'reference_reused',
  'idempotency_key_reused',
  'order_on_hold',
  'order_not_on_hold',
  'nothing_to_cancel',
  'too_many_units',
  'too_much_value',
  'quantity_below_committed',
  'not_allocated',
  'not_released',
  'order_incomplete',
  'below_release_gate',
  'insufficient_available',
  'below_picked',
  'stock_unmanaged',
  'warehouse_in_use',
  'not_external',
  'supplier_disabled',
  'not_a_draft',
  'bought_to_order',
  'not_on_its_way',
  'below_minimum',
  'wrong_warehouse',
  'over_receipt',
  'partly_received',
  'purchase_order_ended',
  'nothing_to_order',
  'unknown_rule_set',
  'invalid_condition',
  'reports_busy',
  'report_too_slow',
  'too_many_reports',
  'alarm_needs_measure',
  'mail_not_set',
  'no_schedule',
  'product_set_aside',
] as const;

/** Refusals that hold for a while only: nothing remembers them, and the same request sent again may be accepted. */
const PASSING: ReadonlySet<string> = new Set(['product_set_aside']);

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for people: what is wrong and what would be accepted. */
  readonly message: string;
  /** The same for machines; its keys are listed with the code in the API reference. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one shape of a "no". Whoever may say yes as well answers with an Outcome and is asked by its `ok`. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused;

/** The yes of a check, or of a change that has nothing to answer with. */
export const DONE: Outcome<undefined> = Object.freeze({ ok: true, value: undefined });

/** DONE when none of these is a refusal, else the first that is. */
export function checkAll(outcomes: readonly Outcome<unknown>[]): Outcome<undefined> {
  return outcomes.find((each) => !each.ok) ?? DONE;
}

export function refuse(
  code: RefusalCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Refused {
  return { ok: false, refusal: details === undefined ? { code, message } : { code, message, details } };
}

/** Whether a refusal with this code holds for a while only. */
export function isPassing(code: string): boolean {
  return PASSING.has(code);
}

/** Whether an outcome is the answer to its request for good. */
export function isFinal(outcome: Outcome<unknown>): boolean {
  return outcome.ok || !isPassing(outcome.refusal.code);
}
