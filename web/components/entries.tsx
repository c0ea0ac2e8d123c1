/** A short list whose entries are parted by lines: what happened, what arrives, what differs. */
import type { ReactNode } from 'react';
import styles from './entries.module.css';

export function Entries({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.entries}>{children}</ul>;
}
