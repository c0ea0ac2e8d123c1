/** What is shown of a row beside its list. The list stays usable; Escape closes the side and goes back to the row. */
import { Button, CloseButton, Group } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useLanguage } from '../../words/words.tsx';
import styles from './side-panel.module.css';

interface SidePanelProps {
  readonly close: () => void;
  readonly visit?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function SidePanel({ close, visit, children }: SidePanelProps) {
  const { words } = useLanguage();
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      // a dialog or menu over the side closes first
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      document.querySelector<HTMLElement>('tr[aria-current="true"]')?.focus();
      close();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [close]);
  return (
    <aside className={styles.panel} aria-label={words.table.beside}>
      <Group justify="space-between" mb="sm">
        {visit === undefined ? (
          <span />
        ) : (
          <Button size="xs" variant="default" onClick={visit}>
            {words.table.openPage}
          </Button>
        )}
        <CloseButton aria-label={words.order.close} onClick={close} />
      </Group>
      {children}
    </aside>
  );
}
