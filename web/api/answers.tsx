/** Answers of the server on a page: asked again while the page is open, and at once after an act. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CallInput, type Problem, RefusedError } from '../../src/contract/call.ts';
import type { AnswerOf, OperationId } from '../../src/contract/operations.ts';
import { refusalSentence } from '../../src/words/refusal-sentence.ts';
import { type Language, useLanguage } from '../words/words.tsx';
import { client } from './client.ts';

interface AnswerOptions {
  /** false: not asked yet. */
  readonly enabled?: boolean;
  /** Asked again after so many milliseconds, and not sooner. */
  readonly every?: number;
}

export function useAnswer<Id extends OperationId>(
  id: Id,
  input: CallInput<Id> = {},
  { enabled = true, every }: AnswerOptions = {},
) {
  return useQuery<AnswerOf<Id>, Error>({
    queryKey: [id, input],
    // a page that is left gives up what it asked for
    queryFn: ({ signal }) => client.must(id, { ...input, signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(every !== undefined && { refetchInterval: every, staleTime: every }),
  });
}

export interface ActOptions<Id extends OperationId> {
  /** What takes the act back, for those that can be; undefined when there is nothing to take back. */
  readonly undo?: (input: CallInput<Id>, answer: AnswerOf<Id>) => (() => Promise<unknown>) | undefined;
}

/** How long an act can be taken back, in milliseconds. */
const UNDO_MS = 10_000;

/** An act: with a key of its own, so that a repeated click has one effect; afterwards everything shown is asked again. */
export function useAct<Id extends OperationId>(
  id: Id,
  done: (answer: AnswerOf<Id>) => string,
  { undo }: ActOptions<Id> = {},
) {
  const shown = useQueryClient();
  const language = useLanguage();
  return useMutation<AnswerOf<Id>, Error, CallInput<Id>>({
    mutationFn: (input) => client.must(id, { key: crypto.randomUUID(), ...input }),
    onSuccess: async (answer, input) => {
      const back = undo?.(input, answer);
      if (back === undefined) notifications.show({ message: done(answer) });
      else offerUndo(language, done(answer), async () => await back().then(() => shown.invalidateQueries()));
      await shown.invalidateQueries();
    },
    onError: (error) => showError(error, language),
  });
}

function offerUndo(language: Language, said: string, back: () => Promise<unknown>): void {
  const id: string = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <Undo
        said={said}
        back={() => {
          notifications.hide(id);
          back().catch((error: unknown) => showError(error, language));
        }}
      />
    ),
  });
}

function Undo({ said, back }: { readonly said: string; readonly back: () => void }) {
  const { words } = useLanguage();
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{said}</span>
      <Button size="compact-xs" variant="default" onClick={back}>
        {words.table.undo}
      </Button>
    </Group>
  );
}

const ERROR_MS = 10_000;

export function showError(error: unknown, language: Language): void {
  const message = error instanceof Error ? sentenceOf(error, language) : String(error);
  notifications.show({ color: 'red', message, autoClose: ERROR_MS });
}

/** What a person reads of a failure. */
export function sentenceOf(error: Error, language: Language): string {
  if (error instanceof RefusedError) return refusalIn(language, error.problem);
  return error.message;
}

/** What a person reads of a refusal. */
export function refusalIn(language: Language, problem: Problem): string {
  return refusalSentence(problem, language.words.refusals, language);
}
