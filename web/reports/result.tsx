/** A report as it is to be shown: as a table, as a chart, or as one figure. */
import { lazy, Suspense } from 'react';
import { type Chart, everyOf } from '../../src/contract/reports/report-dimensions.ts';
import { MEASURES, type MeasureId } from '../../src/contract/reports/report-measures.ts';
import tile from '../components/figures/tile.module.css';
import { Empty, Loading } from '../components/states.tsx';
import { TextButton } from '../components/text-button.tsx';
import tone from '../components/tone.module.css';
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

export function ShownReport({ result, label, show, sort, sortBy = NOTHING, open }: ShownProps) {
  const language = useLanguage();
  const { words, figure } = language;
  const mixed = ofSeveralCurrencies(result);
  return (
    <>
      {isOfNothing(result) ? (
        <Empty>{words.reports.nothing}</Empty>
      ) : show === 'table' ? (
        <ReportTable result={result} label={label} sort={sort} sortBy={sortBy} open={open ?? NOTHING} />
      ) : (
        <Suspense fallback={<Loading />}>
          <Drawn result={result} label={label} show={show} open={open} />
        </Suspense>
      )}
      {result.groups > result.rows.length && (
        <p className={tone.soft}>
          {words.reports.showing(figure(result.rows.length), figure(result.groups))}
        </p>
      )}
      {result.groupsAcross > result.columns.length && (
        <p className={tone.soft}>
          {(isOfDays(result.across) ? words.reports.latestColumns : words.reports.largestColumns)(
            figure(result.columns.length),
            figure(result.groupsAcross),
          )}
        </p>
      )}
      {mixed.length > 0 && (
        <p className={tone.soft}>
          {words.reports.oneCurrency(mixed.map((id) => words.reports.measure[id]).join(', '))}
        </p>
      )}
    </>
  );
}

/** Whether no figure is known, such as a share of no items. */
function isOfNothing({ by, rows, total }: Result): boolean {
  const lines = by.length > 0 ? rows : [total];
  return lines.every(({ values, before, cells }) =>
    [...values, ...(before ?? []), ...cells.flat()].every((value) => value === null),
  );
}

/** Shares of value that no row has: several currencies are no sum. */
function ofSeveralCurrencies({ measures, rows, total }: Result): MeasureId[] {
  return measures.filter(
    (id, index) =>
      id.startsWith('value_fill_rate') && [total, ...rows].every(({ values }) => values[index] === null),
  );
}

function isOfDays(group: Result['across']): boolean {
  return group !== null && everyOf(group) !== undefined;
}

/** What charts draw: a name for each row and a number for each series. */
interface Series {
  readonly series: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly shown: readonly string[];
    readonly sum?: string | undefined;
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
  const measures = drawnMeasures(result);
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
        ...(isAcross && first !== undefined && addsUp(first)
          ? { sum: valueName(language, { measure: first, currency }, row.values[0]) }
          : {}),
      };
    }),
  };
}

/** The measures of the kind of the first one. */
function drawnMeasures({ measures }: Result): MeasureId[] {
  const [first] = measures;
  return measures.filter((id) => first !== undefined && scaleOf(id) === scaleOf(first));
}

/** The cell that a series of a row stands for. */
function cellAt(result: Result, row: number, series: number): Cell | undefined {
  const { columns, rows, measures } = result;
  const keys = rows[row]?.keys ?? [];
  const column = columns[series];
  const measure = columns.length > 0 ? measures[0] : drawnMeasures(result)[series];
  if (measure === undefined) return undefined;
  return column === undefined ? { measure, keys } : { measure, keys, column: [column] };
}

/** Whether the figure of a row is the sum of those of its columns. */
function addsUp(measure: MeasureId): boolean {
  return ['units', 'count', 'money'].includes(MEASURES[measure].kind);
}

/** Counts and units are numbers of things. */
function scaleOf(measure: MeasureId): string {
  const { kind } = MEASURES[measure];
  return kind === 'count' || kind === 'distinct' ? 'units' : kind;
}

type DrawnProps = Pick<ShownProps, 'result' | 'label' | 'show'> & {
  readonly open: ((cell: Cell) => void) | undefined;
};

function Drawn({ result, label, show, open }: DrawnProps) {
  const language = useLanguage();
  if (show === 'figure') return <BigFigures result={result} open={open} />;
  const { series, rows } = seriesOf(language, result);
  const openAt =
    open &&
    ((row: number, at: number) => {
      const cell = cellAt(result, row, at);
      if (cell !== undefined) open(cell);
    });
  if (show === 'heat_map') return <HeatMap label={label} columns={series} rows={rows} open={openAt} />;
  if (show !== 'line') {
    const isStacked = show === 'stacked_bar';
    return <Bars label={label} series={series} bars={rows} isStacked={isStacked} open={openAt} />;
  }
  return <Lines result={result} label={label} drawn={{ series, rows }} openAt={openAt} />;
}

/** Lines that can be told apart: as many as there are colours. */
const MAX_LINES = 6;

interface LinesProps {
  readonly result: Result;
  readonly label: string;
  readonly drawn: Series;
  readonly openAt: ((row: number, series: number) => void) | undefined;
}

/** The largest series as lines, all of them when they are few. */
function Lines({ result, label, drawn: { series, rows }, openAt }: LinesProps) {
  const language = useLanguage();
  const { words, figure } = language;
  const [measure] = result.measures;
  const currency = onlyCurrency(result);
  const sizeOf = (index: number) => rows.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
  const drawn = [...series.keys()]
    .sort((a, b) => (series.length > MAX_LINES ? sizeOf(b) - sizeOf(a) : a - b))
    .slice(0, MAX_LINES);
  return (
    <>
      <LineChart
        label={label}
        at={rows.map(({ name }) => name)}
        open={openAt && ((at, line) => openAt(at, drawn[line] ?? 0))}
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
        lines={drawn.map((index) => ({
          name: series[index] ?? '',
          values: rows.map(({ values }) => values[index] ?? null),
        }))}
      />
      {drawn.length < series.length && (
        <p className={tone.soft}>{words.reports.drawn(figure(drawn.length), figure(series.length))}</p>
      )}
    </>
  );
}

function BigFigures({ result, open }: Pick<DrawnProps, 'result' | 'open'>) {
  const language = useLanguage();
  const { words, signed } = language;
  const { measures, total } = result;
  const currency = onlyCurrency(result);
  return (
    <div className={tile.figures}>
      {measures.map((measure, index) => {
        const [now, before] = [numberOf(total.values[index]), numberOf(total.before?.[index])];
        const shown = valueName(language, { measure, currency }, total.values[index]);
        const isCounted = !['money', 'share'].includes(MEASURES[measure].kind);
        return (
          <div key={measure} className={tile.tile}>
            <span className={tone.soft}>{words.reports.measure[measure]}</span>
            <strong>
              {open === undefined || shown === '' ? (
                shown || '–'
              ) : (
                <TextButton act={() => open({ measure })}>{shown}</TextButton>
              )}
            </strong>
            {now !== null && before !== null && isCounted && (
              <span className={tone.soft}>
                {words.reports.change(signed(Math.round((now - before) * 10) / 10))}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
