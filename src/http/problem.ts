/**
 * Refusals on the wire: RFC 9457 problem details. The table from code to status is total, so a new refusal does not
 * compile until its status is decided here.
 */
import type { ProblemCode } from '../contract/call.ts';
import type { Refusal } from '../core/kernel/refusal.ts';

export const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  invalid_request: 400,
  not_found: 404,
  unknown_sku: 422,
  unknown_channel: 422,
  unknown_warehouse: 422,
  unknown_supplier: 422,
  channel_disabled: 409,
  order_refused: 409,
  order_number_reused: 409,
  reference_reused: 409,
  idempotency_key_reused: 409,
  order_on_hold: 409,
  order_not_on_hold: 409,
  nothing_to_cancel: 409,
  too_many_units: 409,
  too_much_value: 409,
  quantity_below_committed: 409,
  not_allocated: 409,
  not_released: 409,
  order_incomplete: 409,
  below_release_gate: 409,
  insufficient_available: 409,
  below_picked: 409,
  stock_unmanaged: 409,
  warehouse_in_use: 409,
  not_external: 409,
  supplier_disabled: 409,
  not_a_draft: 409,
  bought_to_order: 409,
  not_on_its_way: 409,
  below_minimum: 409,
  wrong_warehouse: 409,
  over_receipt: 409,
  partly_received: 409,
  purchase_order_ended: 409,
  nothing_to_order: 409,
  unknown_rule_set: 404,
  invalid_condition: 400,
  reports_busy: 503,
  report_too_slow: 503,
  too_many_reports: 409,
  alarm_needs_measure: 409,
  mail_not_set: 409,
  no_schedule: 409,
  product_set_aside: 503,
  payload_too_large: 413,
  headers_too_large: 431,
  request_timeout: 408,
  unsupported_media_type: 415,
  not_loopback: 403,
  foreign_origin: 403,
  overloaded: 503,
  outdated_program: 503,
  database_unavailable: 503,
  outcome_unknown: 503,
  internal_error: 500,
};

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly [member: string]: unknown;
}

export function problem(
  code: ProblemCode,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): Problem {
  const words = code.replaceAll('_', ' ');
  return {
    type: `/docs#${code}`,
    title: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`,
    status: STATUS_OF[code],
    code,
    detail,
    ...members,
  };
}

export function problemOf(refusal: Refusal): Problem {
  return problem(refusal.code, refusal.message, refusal.details);
}
