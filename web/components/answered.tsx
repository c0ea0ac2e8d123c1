/** An answer in its place: what is loading, what went wrong, or what it shows. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading, Problem } from './states.tsx';

interface AnsweredProps<Answer> {
  readonly answer: UseQueryResult<Answer>;
  /** Of what is not there yet. */
  readonly rows?: number;
  readonly children: (answer: Answer) => ReactNode;
}

export function Answered<Answer>({ answer, rows = 6, children }: AnsweredProps<Answer>) {
  if (answer.isPending) return <Loading rows={rows} />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
  return children(answer.data);
}
