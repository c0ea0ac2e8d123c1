/** A report as it is to be shown: as a table, as a chart, or as one figure. */
import { lazy, Suspense } from 'react';
import type { Chart } from '../../src/contract/report-dimensions.ts';
import { MEASURES, type MeasureId } from '../../src/contract/report-measures.ts';
import { seriesClass } from '../charts/legend.tsx';
import { Empty, Loading } from '../components/states.tsx';
import { type Language, useLanguage } from '../words/words.tsx';
import { type Cell, ReportTable } from './report-table.tsx';
import { currencyOf, keyName, onlyCurrency, type Result, type Value, valueName } from './said.ts';

const Bars = lazy(() => import('../charts/bars.tsx').then((file) => ({ default: file.Bars })));
const LineChart = lazy(() =>
  import('../charts/line-chart.tsx').then((file) => ({ default: file.LineChart })),
);
const HeatMap = lazy(() => import('../charts/heat-map.tsx').then((file) => ({ default: file.HeatMap })));

interface ShownProps {
  readonly result: Result;
  readonly label: string;
  readonly show: Chart;
  readonly sort?: Parameters<typeof ReportTable>[0]['sort'];
  readonly sortBy?: Parameters<typeof ReportTable>[0]['sortBy'];
  readonly open?: (cell: Cell) => void;
}

const NOTHING = () => undefined;

export function ShownReport({ result, label, show, sort, sortBy = NOTHING, open = NOTHING }: ShownProps) {
  const language = useLanguage();
  const { words, figure } = language;
  if (result.rows.length === 0 && result.by.length > 0) return <Empty>{words.reports.nothing}</Empty>;
  return (
    <>
      {show === 'table' ? (
        <ReportTable result={result} label={label} sort={sort} sortBy={sortBy} open={open} />
      ) : (
        <Suspense fallback={<Loading />}>
          <Drawn result={result} label={label} show={show} />
        </Suspense>
      )}
      {result.groups > result.rows.length && (
        <p className="soft">{words.reports.showing(figure(result.rows.length), figure(result.groups))}</p>
      )}
    </>
  );
}

/** What charts draw: a name for each row and a number for each series. */
interface Series {
  readonly series: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly shown: readonly string[];
  }[];
}

const numberOf = (value: Value | undefined) => (value === null || value === undefined ? null : Number(value));

/**
 * Series are the values across, of the first measure; when nothing is across the measures of its kind, since days and units
 * have no scale in common.
 */
function seriesOf(language: Language, result: Result): Series {
  const { words } = language;
  const { by, across, columns, rows } = result;
  const [first] = result.measures;
  const measures = result.measures.filter((id) => first !== undefined && scaleOf(id) === scaleOf(first));
  const isAcross = columns.length > 0;
  return {
    series: isAcross
      ? columns.map((column) => keyName(language, across, column))
      : measures.map((measure) => words.reports.measure[measure]),
    rows: rows.map((row) => {
      const values = isAcross
        ? row.cells.map((cell) => cell[0])
        : measures.map((id) => row.values[result.measures.indexOf(id)]);
      const currency = currencyOf(result, row.keys);
      return {
        name: row.keys.map((key, index) => keyName(language, by[index], key)).join(' · '),
        values: values.map(numberOf),
        shown: values.map((value, index) => {
          const measure = isAcross ? first : measures[index];
          return measure === undefined ? '' : valueName(language, { measure, currency }, value);
        }),
      };
    }),
  };
}

/** Counts and units are numbers of things. */
function scaleOf(measure: MeasureId): string {
  const { kind } = MEASURES[measure];
  return kind === 'count' || kind === 'distinct' ? 'units' : kind;
}

function Drawn({ result, label, show }: Pick<ShownProps, 'result' | 'label' | 'show'>) {
  const language = useLanguage();
  if (show === 'figure') return <BigFigures result={result} />;
  const { series, rows } = seriesOf(language, result);
  if (show === 'heat_map') return <HeatMap label={label} columns={series} rows={rows} />;
  if (show !== 'line')
    return <Bars label={label} series={series} bars={rows} isStacked={show === 'stacked_bar'} />;
  const [measure] = result.measures;
  const currency = onlyCurrency(result);
  return (
    <LineChart
      label={label}
      at={rows.map(({ name }) => name)}
      {...(measure !== undefined && MEASURES[measure].kind === 'share' && { top: 1 })}
      format={(value) =>
        measure === undefined
          ? ''
          : valueName(
              language,
              { measure, currency },
              MEASURES[measure].kind === 'money' ? Math.round(value) : value,
            )
      }
      lines={series.map((name, index) => ({
        name,
        className: seriesClass(index),
        values: rows.map(({ values }) => values[index] ?? null),
      }))}
    />
  );
}

function BigFigures({ result }: { readonly result: Result }) {
  const language = useLanguage();
  const { words, signed } = language;
  const { measures, total } = result;
  const currency = onlyCurrency(result);
  return (
    <div className="figures">
      {measures.map((measure, index) => {
        const [now, before] = [numberOf(total.values[index]), numberOf(total.before?.[index])];
        const isCounted = !['money', 'share'].includes(MEASURES[measure].kind);
        return (
          <div key={measure} className="tile">
            <span className="soft">{words.reports.measure[measure]}</span>
            <strong>{valueName(language, { measure, currency }, total.values[index])}</strong>
            {now !== null && before !== null && isCounted && (
              <span className="soft">
                {words.reports.change(signed(Math.round((now - before) * 10) / 10))}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
