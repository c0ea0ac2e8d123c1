/** A figure that shows by itself that it changed: it is lit for a moment, unless it is seen for the first time. */
import { type ReactNode, useRef } from 'react';
import styles from './changing.module.css';

export function Changing({ children }: { readonly children: string }): ReactNode {
  const shown = useRef({ text: children, changes: 0 });
  if (shown.current.text !== children) {
    shown.current = { text: children, changes: shown.current.changes + 1 };
  }
  const { changes } = shown.current;
  return (
    <span key={changes} className={changes > 0 ? styles.changed : undefined}>
      {children}
    </span>
  );
}
