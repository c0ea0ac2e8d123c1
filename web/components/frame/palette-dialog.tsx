/** Everything by keyboard (ctrl k): pages, and orders and products by what is typed. */

import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAnswer } from '../../api/answers.tsx';
import { useLanguage } from '../../words/words.tsx';
import styles from './palette-dialog.module.css';
import { PLACES } from './places.ts';

const [STORE, SPOTLIGHT] = createSpotlight();
const FOUND = 6;
/** Milliseconds without typing after which the server is asked. */
const PAUSE_MS = 200;

interface Found {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly go: () => void;
}

/** @param asked counts how often it was asked for: each time it opens */
export function PaletteDialog({ asked: times }: { readonly asked: number }) {
  const { words } = useLanguage();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const found = useFound(asked);
  useEffect(() => {
    if (times > 0) SPOTLIGHT.open();
  }, [times]);
  return (
    <Spotlight
      store={STORE}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      actions={found.map(({ go, ...each }) => ({ ...each, onClick: go }))}
      filter={(_, actions) => actions}
      nothingFound={words.palette.nothing}
      searchProps={{
        placeholder: words.palette.placeholder,
        'aria-label': words.palette.placeholder,
        onKeyDown: (event) => event.key === 'Enter' && takeFirst(found),
      }}
      scrollable
      title={words.nav.find}
      classNames={{ header: styles.heard ?? '' }}
    />
  );
}

/** Enter takes the first when none is marked: what the server finds comes after the marking of the first. */
function takeFirst([first]: readonly Found[]): void {
  if (first === undefined || document.querySelector('[data-action][data-selected]') !== null) return;
  first.go();
  SPOTLIGHT.close();
}

function useFound(asked: string): Found[] {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const enabled = asked !== '';
  const orders = useAnswer('listOrders', { query: { number: asked || '-', limit: FOUND } }, { enabled });
  const products = useAnswer('listProducts', { query: { search: asked || '-', limit: FOUND } }, { enabled });
  const places = PLACES.map(({ to, name, key }) => ({
    id: to,
    label: words.nav[name],
    description: words.palette.key(key),
    go: () => void navigate({ to }),
  }));
  if (!enabled) return places;
  const sought = asked.toLocaleLowerCase();
  return [
    ...places.filter(({ label }) => label.toLocaleLowerCase().includes(sought)),
    ...(orders.data?.rows ?? []).map(({ id, number, channel }) => ({
      id: `order/${id}`,
      label: words.order.order(number),
      description: channel,
      go: () => void navigate({ to: '/orders/$orderId', params: { orderId: String(id) } }),
    })),
    ...(products.data?.rows ?? []).map(({ sku, name }) => ({
      id: `product/${sku}`,
      label: sku,
      description: name,
      go: () => void navigate({ to: '/products/$sku', params: { sku } }),
    })),
  ];
}
