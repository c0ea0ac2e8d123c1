/** What a report shows, put together: measures, rows, columns, filters, the time it is about, and how it looks. */
import {
  type DimensionId,
  dimensionsFor,
  everyOf,
  PERIODS,
  type Period,
} from '../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '../../src/contract/reports/report-measures.ts';
import { classes } from '../classes.ts';
import { Choice } from '../components/choice.tsx';
import { Ordered } from '../components/ordered.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './builder.module.css';
import { type BuilderProps, type FittingProps, withMeasures } from './definition.ts';
import { Filters } from './filters.tsx';
import { definitionOf, dimensionMeaning } from './said.ts';
import { Time } from './time.tsx';

export function Builder({ report, change }: BuilderProps) {
  const language = useLanguage();
  const { words } = language;
  const { measures } = report;
  const fitting = dimensionsFor(measures);
  return (
    <div className={styles.builder}>
      <Ordered
        label={words.reports.measures}
        values={measures}
        options={MEASURE_IDS.map((value) => ({ value, label: words.reports.measure[value] }))}
        change={(values) => change(withMeasures(report, values.filter(isMeasure)))}
      />
      {measures.length > 0 && (
        <details>
          <summary>{words.reports.meaning}</summary>
          {measures.map((id) => (
            <p key={id} className={classes(tone.soft, styles.definition)}>
              <strong>{words.reports.measure[id]}.</strong> {definitionOf(language, id)}
            </p>
          ))}
          {dimensionsOf(report).map((id) => (
            <p key={id} className={classes(tone.soft, styles.definition)}>
              <strong>{words.reports.dimensions[id]}.</strong> {dimensionMeaning(language, id)}
            </p>
          ))}
        </details>
      )}
      {measures.length > 0 && (
        <>
          <Groups report={report} change={change} fitting={fitting} />
          <Filters report={report} change={change} fitting={fitting} />
          <Time report={report} change={change} fitting={fitting} />
        </>
      )}
    </div>
  );
}

/** Each once, in the order of the report. */
function dimensionsOf({ by = [], across }: BuilderProps['report']): DimensionId[] {
  const groups = across === undefined ? by : [...by, across];
  return [...new Set(groups.map(({ dimension }) => dimension))];
}

function isMeasure(id: string): id is MeasureId {
  return id in MEASURES;
}

function Groups({ report, change, fitting }: FittingProps) {
  const { words } = useLanguage();
  const { by = [], across } = report;
  const options = fitting.map((value) => ({ value, label: words.reports.dimensions[value] }));
  const rowsOptions = options.filter(({ value }) => value !== across?.dimension);
  return (
    <>
      <Ordered
        label={words.reports.rows}
        values={by.map(({ dimension }) => dimension)}
        options={rowsOptions}
        change={(values) =>
          change({
            ...report,
            by: values.flatMap((value) => {
              const dimension = fitting.find((each) => each === value);
              return dimension === undefined
                ? []
                : [by.find((each) => each.dimension === value) ?? { dimension }];
            }),
          })
        }
      />
      {by.map((group, index) => (
        <Every
          key={group.dimension}
          group={group}
          choose={(every) =>
            change({ ...report, by: by.map((each, at) => (at === index ? { ...each, every } : each)) })
          }
        />
      ))}
      <Columns report={report} change={change} fitting={fitting} />
    </>
  );
}

function Columns({ report, change, fitting }: FittingProps) {
  const { words } = useLanguage();
  const { by = [], across } = report;
  const options = fitting.map((value) => ({ value, label: words.reports.dimensions[value] }));
  return (
    <fieldset>
      <legend>{words.reports.columns}</legend>
      <Choice
        label={words.reports.columns}
        any={words.reports.noColumns}
        value={across?.dimension}
        choose={(value) => {
          const dimension = fitting.find((each) => each === value);
          const { across: _, ...rest } = report;
          change(dimension === undefined ? rest : { ...rest, across: { dimension } });
        }}
        options={options.filter(({ value }) => by.every(({ dimension }) => dimension !== value))}
      />
      {across !== undefined && (
        <Every group={across} choose={(every) => change({ ...report, across: { ...across, every } })} />
      )}
    </fieldset>
  );
}

interface EveryProps {
  readonly group: { readonly dimension: DimensionId; readonly every?: Period | undefined };
  readonly choose: (every: Period) => void;
}

/** By day, week, month …: of days only. */
function Every({ group, choose }: EveryProps) {
  const { words } = useLanguage();
  const every = everyOf(group);
  if (every === undefined) return null;
  return (
    <Choice
      size="xs"
      label={`${words.reports.dimensions[group.dimension]} ${words.reports.ofDay}`}
      value={every}
      choose={(value) => choose(PERIODS.find((each) => each === value) ?? 'month')}
      options={PERIODS.map((value) => ({
        value,
        label: `${words.reports.dimensions[group.dimension]} ${words.reports.ofDay} ${words.reports.periods[value]}`,
      }))}
    />
  );
}
