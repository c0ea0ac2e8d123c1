/** Which colour is what. Parts of more kinds than there are colours begin with the first one again. */
import { classes } from '../classes.ts';
import tone from '../components/tone.module.css';
import styles from './legend.module.css';
import series from './series.module.css';

const SERIES = [
  series.series1,
  series.series2,
  series.series3,
  series.series4,
  series.series5,
  series.series6,
];

/** Gives what stands in the element the colour of a series. */
export function seriesOf(index: number): string | undefined {
  return SERIES[index % SERIES.length];
}

/** Fills the element with the colour of a series. */
export function markOf(index: number): string {
  return classes(series.mark, seriesOf(index));
}

interface LegendProps {
  readonly names: readonly string[];
  /** Of each name; one after the other when absent. */
  readonly colours?: readonly number[];
}

export function Legend({ names, colours: chosen }: LegendProps) {
  return (
    <figcaption className={classes(styles.legend, tone.soft)}>
      {names.map((name, index) => (
        <span key={name}>
          <i className={markOf(chosen?.[index] ?? index)} /> {name}
        </span>
      ))}
    </figcaption>
  );
}
