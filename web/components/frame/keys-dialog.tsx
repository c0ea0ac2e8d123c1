/** The keys and what they do. */
import { Modal } from '@mantine/core';
import { useLanguage } from '../../words/words.tsx';
import styles from './keys-dialog.module.css';
import { PLACES } from './places.ts';

const KEYS = ['ctrl k', '/', '↑ ↓', 'Enter', 'Esc', '?'] as const;

export function KeysDialog({ close }: { readonly close: () => void }) {
  const { words } = useLanguage();
  return (
    <Modal opened onClose={close} title={words.keys.title} centered>
      <dl className={styles.keys}>
        {PLACES.map(({ key, name }) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{words.nav[name]}</dd>
          </div>
        ))}
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.keys.says[key]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
