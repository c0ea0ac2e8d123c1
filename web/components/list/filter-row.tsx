/** What a list is narrowed by, above it. */
import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './filter-row.module.css';

interface FilterRowProps {
  /** Below them, before what they narrow. */
  readonly gapBelow?: 'xs' | 'md';
  readonly children: ReactNode;
}

export function FilterRow({ gapBelow = 'xs', children }: FilterRowProps) {
  return (
    <Group mb={gapBelow} gap="xs" align="center" className={styles.filters ?? ''}>
      {children}
    </Group>
  );
}
