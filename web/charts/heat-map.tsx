/** A table whose cells are the darker the more they hold. */

import { classes } from '../classes.ts';
import table from '../components/list/table.module.css';
import { TextButton } from '../components/text-button.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './heat-map.module.css';

interface HeatMapProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly shown: readonly string[];
  }[];
  /** Shows what is behind a cell. */
  readonly open?: ((row: number, column: number) => void) | undefined;
}

/** Steps of darkness; the lightest is for anything above nothing. */
const STEPS = [styles.step1, styles.step2, styles.step3, styles.step4, styles.step5, styles.step6];

export function HeatMap({ label, columns, rows, open }: HeatMapProps) {
  const { words } = useLanguage();
  const most = Math.max(0, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const stepOf = (value: number | null | undefined) =>
    value == null || value <= 0 || most === 0 ? 0 : Math.max(1, Math.ceil((value / most) * STEPS.length));
  return (
    <section className={table.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.heat}>
        <thead>
          <tr>
            <th scope="col">{words.reports.rows}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={tone.figure}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values, shown }, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column, index) => (
                <td key={column} className={classes(tone.figure, STEPS[stepOf(values[index]) - 1])}>
                  {values[index] ? (
                    <Figure shown={shown[index] ?? ''} open={open && (() => open(row, index))} />
                  ) : (
                    ''
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figure({ shown, open }: { readonly shown: string; readonly open: (() => void) | undefined }) {
  if (open === undefined) return shown;
  return <TextButton act={open}>{shown}</TextButton>;
}
