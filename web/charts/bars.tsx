/**
 * Figures as bars, one below the other; several beside each other, or stacked to their sum. Where a bar leads to what is behind
 * it, it is a button that says what it shows; elsewhere there is a table for those who hear it.
 */
import { VisuallyHidden } from '@mantine/core';
import { classes } from '../classes.ts';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './bars.module.css';
import { Legend, markOf } from './legend.tsx';

interface Bar {
  readonly name: string;
  /** As many as there are series; null: not known. */
  readonly values: readonly (number | null)[];
  readonly shown: readonly string[];
  /** What its parts add up to, where they do: said beside a stacked bar. */
  readonly sum?: string | undefined;
}

interface BarsProps {
  readonly label: string;
  /** Names of the parts of each bar. */
  readonly series: readonly string[];
  readonly bars: readonly Bar[];
  readonly isStacked: boolean;
  /** Shows what is behind a part of a bar. */
  readonly open?: ((bar: number, part: number) => void) | undefined;
}

export function Bars({ label, series, bars, isStacked, open }: BarsProps) {
  const lengthOf = ({ values }: Bar) =>
    isStacked
      ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
      : Math.max(0, ...values.map((value) => value ?? 0));
  const longest = Math.max(0, ...bars.map(lengthOf)) || 1;
  const widthOf = (value: number | null | undefined) => `${(Math.max(0, value ?? 0) / longest) * 100}%`;
  return (
    <figure className={classes(styles.bars, isStacked && styles.stacked)} aria-label={label}>
      <div aria-hidden={open === undefined}>
        {bars.map(({ name, values, shown, sum }, bar) => (
          <div key={name} className={styles.row}>
            <span className={tone.cut} title={name}>
              {name}
            </span>
            <div className={styles.marks}>
              {series.map((part, index) => (
                <div key={part} style={{ width: widthOf(values[index]) }}>
                  <Mark
                    className={classes(styles.mark, markOf(index))}
                    says={`${name}: ${part} ${shown[index]}`}
                    open={open === undefined || !values[index] ? undefined : () => open(bar, index)}
                  />
                  {!isStacked && <span className={styles.amount}>{shown[index]}</span>}
                </div>
              ))}
              {isStacked && <span className={styles.amount}>{sum}</span>}
            </div>
          </div>
        ))}
      </div>
      {series.length > 1 && <Legend names={series} />}
      {open === undefined && (
        <VisuallyHidden>
          <Heard label={label} series={series} bars={bars} />
        </VisuallyHidden>
      )}
    </figure>
  );
}

interface MarkProps {
  readonly className: string;
  readonly says: string;
  readonly open: (() => void) | undefined;
}

function Mark({ className, says, open }: MarkProps) {
  if (open === undefined) return <span className={className} title={says} />;
  return <button type="button" className={className} title={says} aria-label={says} onClick={open} />;
}

function Heard({ label, series, bars }: Omit<BarsProps, 'isStacked' | 'open'>) {
  const { words } = useLanguage();
  return (
    <table>
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{words.reports.rows}</th>
          {series.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ name, shown }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {series.map((part, index) => (
              <td key={part}>{shown[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
