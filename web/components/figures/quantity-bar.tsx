/**
 * The quantity bar: units of an item, an order or a product in their buckets, always in the same order and colours, with
 * the number where it fits. For those who do not see it the same is said in words.
 */
import { VisuallyHidden } from '@mantine/core';
import { useLanguage } from '../../words/words.tsx';
import { colourOf } from '../said.tsx';
import styles from './quantity-bar.module.css';

const BUCKETS = [
  'shipped',
  'allocated',
  'preordered',
  'backordered',
  'unfillable',
  'pending',
  'cancelled',
] as const;
/** Share of the bar from which a number fits. */
const FITS = 0.12;

export type Quantities = Readonly<Record<(typeof BUCKETS)[number] | 'ordered', number>>;

/** The quantities of several items together. */
export function totalOf(all: readonly Quantities[]): Quantities {
  const sum = (bucket: keyof Quantities) => all.reduce((total, each) => total + each[bucket], 0);
  return {
    ordered: sum('ordered'),
    shipped: sum('shipped'),
    allocated: sum('allocated'),
    preordered: sum('preordered'),
    backordered: sum('backordered'),
    unfillable: sum('unfillable'),
    pending: sum('pending'),
    cancelled: sum('cancelled'),
  };
}

export function QuantityBar({ quantities }: { readonly quantities: Quantities }) {
  const { words, figure } = useLanguage();
  const filled = BUCKETS.filter((bucket) => quantities[bucket] > 0);
  const said = filled.map((bucket) => `${figure(quantities[bucket])} ${words.status[bucket]}`).join(', ');
  return (
    <div title={said}>
      <VisuallyHidden>{said}</VisuallyHidden>
      <div className={styles.bar} aria-hidden>
        {filled.map((bucket) => (
          <span key={bucket} className={colourOf(bucket)} style={{ flexGrow: quantities[bucket] }}>
            {quantities[bucket] / quantities.ordered >= FITS && figure(quantities[bucket])}
          </span>
        ))}
      </div>
    </div>
  );
}
