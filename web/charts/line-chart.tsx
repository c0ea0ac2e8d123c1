/** Shares over time as lines, and the same as a table for those who do not see them. Periods without a share part a line. */
import { VisuallyHidden } from '@mantine/core';
import { useLanguage } from '../words/words.tsx';

export interface Line {
  readonly name: string;
  readonly className: string;
  /** From 0 to 1; null where there is none. */
  readonly shares: readonly (number | null)[];
}

interface LineChartProps {
  readonly label: string;
  /** What each place along the lines is. */
  readonly at: readonly string[];
  readonly lines: readonly Line[];
}

const WIDTH = 600;
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 8;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const yOf = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

export function LineChart({ label, at, lines }: LineChartProps) {
  const { percent } = useLanguage();
  const xOf = (index: number) => LEFT + (index * (WIDTH - LEFT - 8)) / Math.max(1, at.length - 1);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={WIDTH} y1={yOf(tick)} y2={yOf(tick)} className="grid" />
            <text x={LEFT - 6} y={yOf(tick) + 4} textAnchor="end">
              {percent(tick)}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {at[0]}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {at.at(-1)}
        </text>
        {lines.map(({ name, className, shares }) => (
          <g key={name} className={`line ${className}`}>
            <path d={pathOf(shares, xOf)} />
            {shares.map((share, index) =>
              share === null ? null : (
                <circle key={at[index]} cx={xOf(index)} cy={yOf(share)} r={3}>
                  <title>{`${at[index]}: ${name} ${percent(share)}`}</title>
                </circle>
              ),
            )}
          </g>
        ))}
      </svg>
      <figcaption className="legend soft">
        {lines.map(({ name, className, shares }) => (
          <span key={name} className={`line ${className}`}>
            <i /> {name} {percentOfLast(shares, percent)}
          </span>
        ))}
      </figcaption>
      <VisuallyHidden>
        <table>
          <caption>{label}</caption>
          <tbody>
            {at.map((name, index) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {lines.map((line) => {
                  const share = line.shares[index];
                  return <td key={line.name}>{share == null ? '' : `${line.name} ${percent(share)}`}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

function pathOf(shares: Line['shares'], xOf: (index: number) => number): string {
  let isDrawing = false;
  let path = '';
  for (const [index, share] of shares.entries()) {
    if (share !== null) path += `${isDrawing ? 'L' : 'M'}${xOf(index).toFixed(1)} ${yOf(share).toFixed(1)}`;
    isDrawing = share !== null;
  }
  return path;
}

function percentOfLast(shares: Line['shares'], percent: (share: number) => string): string {
  const last = shares.findLast((share) => share !== null);
  return last == null ? '' : percent(last);
}
