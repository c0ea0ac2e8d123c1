/** The head of a page: its title, one sentence or figure that matters, and what one can do at the right. */
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import tone from '../tone.module.css';
import styles from './page-head.module.css';

interface PageHeadProps {
  readonly title: string;
  readonly sentence?: ReactNode;
  readonly children?: ReactNode;
}

export function PageHead({ title, sentence, children }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · Allot`;
  }, [title]);
  return (
    <div className={styles.head}>
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        {sentence !== undefined && <div className={tone.soft}>{sentence}</div>}
      </div>
      {children}
    </div>
  );
}
