/**
 * The refusals that several stories share: code, sentence and details of each, once. What only one story refuses is worded
 * in that story. The type and the codes are in core/kernel/refusal.ts, the HTTP status of each code in http/problem.ts.
 */
import { type Refusal, refuse } from '../../core/kernel/refusal.ts';

type Refused = { readonly ok: false; readonly refusal: Refusal };

export function referenceReused(reference: string): Refused {
  return refuse('reference_reused', `Reference ${reference} belongs to another document; send a new one`, {
    reference,
  });
}
