/**
 * Repeats in tests: the same call three times at once, which must look to everyone like one call.
 */
import { expect } from 'vitest';
import type { Answered, CallInput, Client } from '../../src/contract/call.ts';
import type { OperationId } from '../../src/contract/operations.ts';

/** The same call three times at once; every answer is the same, all but one are marked as repeats. */
export async function thrice<Id extends OperationId>(
  client: Client,
  id: Id,
  input: CallInput<Id>,
): Promise<Answered<Id>> {
  const answers = await Promise.all([1, 2, 3].map(() => client.call(id, input)));
  const [first] = answers;
  if (first === undefined) throw new Error('no answer');
  for (const answer of answers) {
    if (!answer.ok || !first.ok) expect(answer).toEqual(first);
    else expect(answer).toMatchObject({ status: first.status, value: first.value });
  }
  if (first.ok) expect(answers.filter((answer) => answer.ok && answer.repeated)).toHaveLength(2);
  return first;
}
