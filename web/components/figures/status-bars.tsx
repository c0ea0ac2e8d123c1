/** Order items by status: a bar for each, zero shown too, each a link to its rows. */
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../../src/contract/operations.ts';
import { useLanguage } from '../../words/words.tsx';
import { colourOf } from '../said.tsx';
import tone from '../tone.module.css';
import { Changing } from './changing.tsx';
import styles from './status-bars.module.css';

type StatusRow = AnswerOf<'itemsByStatus'>['rows'][number];
export type Measure = 'items' | 'units' | 'value';

interface StatusBarsProps {
  readonly rows: readonly StatusRow[];
  readonly measure: Measure;
  /** Of the rows behind a bar, as of the bars. */
  readonly filters: Readonly<
    Partial<Record<'placedFrom' | 'channel' | 'warehouse' | 'supplier', string | undefined>>
  >;
}

export function StatusBars({ rows, measure, filters }: StatusBarsProps) {
  const { words, figure, money } = useLanguage();
  const sizes = rows.map((row) => sizeOf(row, measure));
  const most = Math.max(1, ...sizes);
  function said(row: StatusRow, size: number): string {
    if (measure !== 'value' || row.value.length === 0) return figure(size);
    return row.value.map(({ amount, currency }) => money(BigInt(amount), currency)).join(' + ');
  }
  return (
    <div className={styles.rows}>
      {rows.map((row, index) => (
        <Link key={row.status} to="/orders" search={{ ...filters, by: 'items', status: row.status }}>
          <span className={styles.name}>{words.status[row.status]}</span>
          <span className={styles.track} aria-hidden>
            <span
              className={colourOf(row.status)}
              style={{ width: `${(100 * (sizes[index] ?? 0)) / most}%` }}
            />
          </span>
          <span className={tone.figure}>
            <Changing>{said(row, sizes[index] ?? 0)}</Changing>
          </span>
        </Link>
      ))}
    </div>
  );
}

/** Values in several currencies cannot be compared: the bar is as long as their first one says. */
function sizeOf(row: StatusRow, measure: Measure): number {
  if (measure === 'items') return row.items;
  if (measure === 'units') return row.quantities.ordered;
  return Number(row.value[0]?.amount ?? 0);
}
