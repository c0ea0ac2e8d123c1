/** A button that looks like the text around it: a figure that shows what is behind it. */
import type { ReactNode } from 'react';
import styles from './text-button.module.css';

interface TextButtonProps {
  readonly act: () => void;
  readonly children: ReactNode;
}

export function TextButton({ act, children }: TextButtonProps) {
  return (
    <button type="button" className={styles.button} onClick={act}>
      {children}
    </button>
  );
}
