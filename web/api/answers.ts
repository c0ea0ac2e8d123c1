/** Answers of the server on a page: asked again while the page is open, and at once after an act. */
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CallInput, RefusedError } from '../../src/contract/call.ts';
import type { AnswerOf, OperationId } from '../../src/contract/operations.ts';
import { client } from './client.ts';

export function useAnswer<Id extends OperationId>(
  id: Id,
  input: CallInput<Id> = {},
  { enabled = true }: { readonly enabled?: boolean } = {},
) {
  return useQuery<AnswerOf<Id>, Error>({
    queryKey: [id, input],
    queryFn: () => client.must(id, input),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** An act: with a key of its own, so that a repeated click has one effect; afterwards everything shown is asked again. */
export function useAct<Id extends OperationId>(id: Id, done: (answer: AnswerOf<Id>) => string) {
  const shown = useQueryClient();
  return useMutation<AnswerOf<Id>, Error, CallInput<Id>>({
    mutationFn: (input) => client.must(id, { key: crypto.randomUUID(), ...input }),
    onSuccess: async (answer) => {
      notifications.show({ message: done(answer) });
      await shown.invalidateQueries();
    },
    onError: (error) => notifications.show({ color: 'red', message: sentenceOf(error), autoClose: 10_000 }),
  });
}

/** What a person reads of a failure. */
export function sentenceOf(error: Error): string {
  if (error instanceof RefusedError) return error.problem.detail;
  return error.message;
}
