/** Figures as bars, one below the other; several beside each other, or stacked to their sum. As a table for those who hear it. */
import { VisuallyHidden } from '@mantine/core';
import { useLanguage } from '../words/words.tsx';
import { Legend, seriesClass } from './legend.tsx';

interface Bar {
  readonly name: string;
  /** As many as there are series; null: not known. */
  readonly values: readonly (number | null)[];
  readonly shown: readonly string[];
}

interface BarsProps {
  readonly label: string;
  /** Names of the parts of each bar. */
  readonly series: readonly string[];
  readonly bars: readonly Bar[];
  readonly isStacked: boolean;
}

export function Bars({ label, series, bars, isStacked }: BarsProps) {
  const lengthOf = ({ values }: Bar) =>
    isStacked
      ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
      : Math.max(0, ...values.map((value) => value ?? 0));
  const longest = Math.max(0, ...bars.map(lengthOf)) || 1;
  const widthOf = (value: number | null | undefined) => `${(Math.max(0, value ?? 0) / longest) * 100}%`;
  return (
    <figure className={isStacked ? 'bars stacked' : 'bars'}>
      <div aria-hidden>
        {bars.map(({ name, values, shown }) => (
          <div key={name} className="bar-row">
            <span className="cut" title={name}>
              {name}
            </span>
            <div className="marks">
              {series.map((part, index) => (
                <div key={part} style={{ width: widthOf(values[index]) }}>
                  <span className={`mark ${seriesClass(index)}`} title={`${name}: ${part} ${shown[index]}`} />
                  {!isStacked && <span className="amount">{shown[index]}</span>}
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
      {series.length > 1 && <Legend series={series} />}
      <VisuallyHidden>
        <Heard label={label} series={series} bars={bars} />
      </VisuallyHidden>
    </figure>
  );
}

function Heard({ label, series, bars }: Omit<BarsProps, 'isStacked'>) {
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
