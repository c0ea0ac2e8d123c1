/** Figures over time as lines, and the same as a table for those who do not see them. What is not known parts a line. */
import { VisuallyHidden } from '@mantine/core';

export interface Line {
  readonly name: string;
  readonly className: string;
  /** null: not known. */
  readonly values: readonly (number | null)[];
}

interface LineChartProps {
  readonly label: string;
  /** What each place along the lines is. */
  readonly at: readonly string[];
  readonly lines: readonly Line[];
  /** The highest that can be reached, such as 1 of a share; the highest that is when absent. */
  readonly top?: number | undefined;
  readonly format: (value: number) => string;
  /** Shows what is behind a point; for those who point. The same figures stand in the table that a report can be, too. */
  readonly open?: ((at: number, line: number) => void) | undefined;
}

const WIDTH = 600;
const HEIGHT = 200;
const LEFT = 58;
const BOTTOM = 24;
const TOP = 8;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const heightOf = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

export function LineChart({ label, at, lines, format, top, open }: LineChartProps) {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const [lowest, highest] = [Math.min(0, ...known), top ?? (Math.max(0, ...known) || 1)];
  const yOf = (value: number) => heightOf((value - lowest) / (highest - lowest || 1));
  const xOf = (index: number) => LEFT + (index * (WIDTH - LEFT - 8)) / Math.max(1, at.length - 1);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={WIDTH} y1={heightOf(tick)} y2={heightOf(tick)} className="grid" />
            <text x={LEFT - 6} y={heightOf(tick) + 4} textAnchor="end">
              {format(lowest + tick * (highest - lowest))}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {at[0]}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {at.at(-1)}
        </text>
        {lines.map(({ name, className, values }, line) => (
          <g key={name} className={`line ${className}`}>
            <path d={pathOf(values, { xOf, yOf })} />
            {values.map((value, index) =>
              value === null ? null : (
                <circle
                  key={at[index]}
                  cx={xOf(index)}
                  cy={yOf(value)}
                  r={3}
                  {...(open !== undefined && { className: 'opens', onClick: () => open(index, line) })}
                >
                  <title>{`${at[index]}: ${name} ${format(value)}`}</title>
                </circle>
              ),
            )}
          </g>
        ))}
      </svg>
      <figcaption className="legend soft">
        {lines.map(({ name, className, values }) => (
          <span key={name} className={`line ${className}`}>
            <i /> {name} {lastOf(values, format)}
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
                  const value = line.values[index];
                  return <td key={line.name}>{value == null ? '' : `${line.name} ${format(value)}`}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

interface Scales {
  readonly xOf: (index: number) => number;
  readonly yOf: (value: number) => number;
}

function pathOf(values: Line['values'], { xOf, yOf }: Scales): string {
  let isDrawing = false;
  let path = '';
  for (const [index, value] of values.entries()) {
    if (value !== null) path += `${isDrawing ? 'L' : 'M'}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}`;
    isDrawing = value !== null;
  }
  return path;
}

function lastOf(values: Line['values'], format: (value: number) => string): string {
  const last = values.findLast((value) => value !== null);
  return last == null ? '' : format(last);
}
