/** Opens the palette with ctrl k, or the button beside the places; it is loaded when it is asked for first. */
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLanguage } from '../../words/words.tsx';
import styles from './shell.module.css';

const PaletteDialog = lazy(() =>
  import('./palette-dialog.tsx').then((file) => ({ default: file.PaletteDialog })),
);
const ICON_SIZE = 18;

export function Palette() {
  const { words } = useLanguage();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setAsked((times) => times + 1);
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button type="button" className={styles.find} onClick={() => setAsked(asked + 1)}>
        <IconSearch size={ICON_SIZE} aria-hidden />
        <span className={styles.name}>{words.nav.find}</span>
        <kbd className={styles.name} aria-hidden>
          ctrl k
        </kbd>
      </button>
      <Suspense>{asked > 0 && <PaletteDialog asked={asked} />}</Suspense>
    </>
  );
}
