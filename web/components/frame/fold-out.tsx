/** A button that folds something out over the page: closed by Escape, by leaving it, or by a click elsewhere. */
import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../classes.ts';
import styles from './fold-out.module.css';

interface FoldOutProps {
  /** Of the button. */
  readonly label: ReactNode;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

export function FoldOut({ label, className, children }: FoldOutProps) {
  const shown = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    function close(): void {
      if (shown.current !== null) shown.current.open = false;
    }
    function press(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || shown.current?.open !== true) return;
      shown.current.querySelector('summary')?.focus();
      close();
    }
    function leave({ target, type }: Event): void {
      // a link inside leads away
      const isLeaving = type === 'click' && target instanceof Element && target.closest('a') !== null;
      if (target instanceof Node && (isLeaving || shown.current?.contains(target) === false)) close();
    }
    document.addEventListener('keydown', press);
    document.addEventListener('click', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('click', leave);
      document.removeEventListener('focusin', leave);
    };
  }, []);
  return (
    <details ref={shown} className={classes(styles.foldout, className)}>
      <summary>{label}</summary>
      <div className={styles.folded}>{children}</div>
    </details>
  );
}
