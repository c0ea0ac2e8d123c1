/** Figures over time as lines, and the same as a table for those who do not see them. What is not known parts a line. */
import { VisuallyHidden } from '@mantine/core';
import { classes } from '../classes.ts';
import { Legend, seriesOf } from './legend.tsx';
import styles from './line-chart.module.css';

export interface Line {
  readonly name: string;
  /** Which colour of the series; that of its place when absent. */
  readonly colour?: number;
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
/** How the line of each colour is drawn, so that lines differ without colours too; any further ones are not parted. */
const DASHES = [undefined, '5 4', '2 3', '9 4'];

const heightOf = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

export function LineChart(props: LineChartProps) {
  const { label, at, lines, format, top } = props;
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const [lowest, highest] = [Math.min(0, ...known), top ?? (Math.max(0, ...known) || 1)];
  const yOf = (value: number) => heightOf((value - lowest) / (highest - lowest || 1));
  const xOf = (index: number) => LEFT + (index * (WIDTH - LEFT - 8)) / Math.max(1, at.length - 1);
  return (
    <figure className={styles.chart}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <Scale said={(tick) => format(lowest + tick * (highest - lowest))} at={at} />
        {lines.map((line, index) => (
          <Drawn key={line.name} line={line} index={index} scales={{ xOf, yOf }} chart={props} />
        ))}
      </svg>
      <Legend
        names={lines.map(({ name, values }) => `${name} ${lastOf(values, format)}`)}
        colours={lines.map(colourOf)}
      />
      <VisuallyHidden>
        <Heard label={label} at={at} lines={lines} format={format} />
      </VisuallyHidden>
    </figure>
  );
}

function colourOf({ colour }: Line, index: number): number {
  return colour ?? index;
}

interface ScaleProps extends Pick<LineChartProps, 'at'> {
  /** What stands beside a tick, from 0 below to 1 above. */
  readonly said: (tick: number) => string;
}

/** Lines across with what they stand for, and the first and last place below. */
function Scale({ said, at }: ScaleProps) {
  return (
    <>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH} y1={heightOf(tick)} y2={heightOf(tick)} className={styles.grid} />
          <text x={LEFT - 6} y={heightOf(tick) + 4} textAnchor="end">
            {said(tick)}
          </text>
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 4}>
        {at[0]}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
        {at.at(-1)}
      </text>
    </>
  );
}

interface DrawnProps {
  readonly line: Line;
  readonly index: number;
  readonly scales: Scales;
  readonly chart: LineChartProps;
}

function Drawn({ line, index: place, scales, chart: { at, format, open } }: DrawnProps) {
  const { name, values } = line;
  const colour = colourOf(line, place);
  return (
    <g className={classes(styles.line, seriesOf(colour))}>
      <path d={pathOf(values, scales)} strokeDasharray={DASHES[colour]} />
      {values.map((value, index) =>
        value === null ? null : (
          <circle
            key={at[index]}
            cx={scales.xOf(index)}
            cy={scales.yOf(value)}
            r={3}
            {...(open !== undefined && { className: styles.opens, onClick: () => open(index, place) })}
          >
            <title>{`${at[index]}: ${name} ${format(value)}`}</title>
          </circle>
        ),
      )}
    </g>
  );
}

function Heard({ label, at, lines, format }: Pick<LineChartProps, 'label' | 'at' | 'lines' | 'format'>) {
  return (
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
