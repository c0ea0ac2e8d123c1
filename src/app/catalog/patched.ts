/**
 * What a patch makes of what stands. The whole is checked as if it had been put, so that a change of one member cannot
 * leave what the others would not allow.
 */
import { mergePatch } from '../../contract/merge-patch.ts';
import { type BodyOf, OPERATIONS } from '../../contract/operations.ts';
import { type Outcome, refuse } from '../../core/kernel/refusal.ts';

type Put =
  | 'putSalesChannel'
  | 'putWarehouse'
  | 'putProduct'
  | 'putChannelPolicy'
  | 'putSupplier'
  | 'putSupplierProduct';

/**
 * @param put the operation that writes the whole
 * @param current what stands, as it is shown: members that are not written are left out
 */
export function patched<Id extends Put>(put: Id, current: object, patch: unknown): Outcome<BodyOf<Id>> {
  const { body } = OPERATIONS[put];
  const written = Object.entries(current).filter(([member]) => member in body.shape);
  const whole = body.safeParse(mergePatch(Object.fromEntries(written), patch));
  if (whole.success) return { ok: true, value: whole.data as BodyOf<Id> };
  const errors = whole.error.issues.map(({ path, message }) => ({
    in: 'body',
    path: path.map(String).join('.'),
    message,
  }));
  const [first] = errors;
  return refuse('invalid_request', `The change cannot be made: body ${first?.path}: ${first?.message}`, {
    errors,
  });
}
