/** A page that has nothing, cannot load, or is about to: each says what to do, in the place of what is missing. */
import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/answers.tsx';
import { classes } from '../classes.ts';
import { useLanguage } from '../words/words.tsx';
import styles from './states.module.css';
import tone from './tone.module.css';

export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className={classes(styles.empty, tone.soft)}>{children}</div>;
}

interface ProblemProps {
  readonly error: Error;
  readonly again: () => unknown;
}

export function Problem({ error, again }: ProblemProps) {
  const language = useLanguage();
  const { words } = language;
  return (
    <Alert color="red" variant="light" title={words.problem.title} role="alert">
      <p>{sentenceOf(error, language)}</p>
      <Button size="xs" variant="default" onClick={() => void again()}>
        {words.problem.again}
      </Button>
    </Alert>
  );
}

const ROW_HEIGHT = 24;

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const { words } = useLanguage();
  return (
    <Stack gap={12} role="status" aria-label={words.table.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={ROW_HEIGHT} />
      ))}
    </Stack>
  );
}
