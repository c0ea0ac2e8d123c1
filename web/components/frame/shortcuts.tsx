/**
 * Keys that work on every page: g and a letter goes to a place, / to the first field of the page, ? shows the keys. They
 * keep still while somebody types.
 */
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { PLACES } from './places.ts';

const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })));

/** Longest time between g and its letter, in milliseconds. */
const PAUSE_MS = 1_500;

export function Shortcuts() {
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const begun = useRef(0);
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const goes = event.timeStamp - begun.current < PAUSE_MS;
      begun.current = event.key === 'g' ? event.timeStamp : 0;
      const place = goes ? PLACES.find(({ key }) => key === event.key) : undefined;
      if (place !== undefined) void navigate({ to: place.to });
      else if (event.key === '?') open();
      else if (event.key === '/') focusFirst(event);
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, open]);
  return <Suspense>{opened && <KeysDialog close={close} />}</Suspense>;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

function focusFirst(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLElement>(
    '#content input[type="text"], #content input:not([type])',
  );
  if (field === null) return;
  event.preventDefault();
  field.focus();
}
