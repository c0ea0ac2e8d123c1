/**
 * A report as a table: rows with their totals, columns across with their cells, the period before beside them. Every figure
 * leads to the rows behind it; heads sort, and say what their measure means.
 */
import type { MeasureId } from '../../src/contract/reports/report-measures.ts';
import { SortHead } from '../components/list/sort-head.tsx';
import table from '../components/list/table.module.css';
import { TextButton } from '../components/text-button.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import styles from './report-table.module.css';
import {
  currencyOf,
  definitionOf,
  keyName,
  type Line,
  onlyCurrency,
  type Result,
  valueName,
} from './said.ts';

/** Which cell: its row and column as the report has them; absent for all. */
export interface Cell {
  readonly measure: MeasureId;
  readonly keys?: readonly (string | null)[];
  readonly column?: readonly [string | null];
}

interface ReportTableProps {
  readonly result: Result;
  readonly label: string;
  readonly sort: { readonly measure: MeasureId; readonly direction?: string | undefined } | undefined;
  readonly sortBy: (measure: MeasureId) => void;
  readonly open: (cell: Cell) => void;
}

export function ReportTable({ result, label, sort, sortBy, open }: ReportTableProps) {
  const language = useLanguage();
  const { by, rows, total } = result;
  return (
    <section className={table.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.pivot}>
        <Heads result={result} sort={sort} sortBy={sortBy} />
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row.keys)}>
              {row.keys.map((key, index) => (
                <th key={by[index]?.dimension} scope="row">
                  {keyName(language, by[index], key)}
                </th>
              ))}
              <Figures
                result={result}
                line={row}
                keys={row.keys}
                currency={currencyOf(result, row.keys)}
                open={open}
              />
            </tr>
          ))}
        </tbody>
        {by.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={by.length}>
                {language.words.reports.total}
              </th>
              <Figures result={result} line={total} currency={onlyCurrency(result)} open={open} />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

/** Names of the columns, of the values across above them. */
function Heads({ result, sort, sortBy }: Pick<ReportTableProps, 'result' | 'sort' | 'sortBy'>) {
  const language = useLanguage();
  const { words } = language;
  const { by, measures, columns, total } = result;
  const hasBefore = total.before !== null;
  return (
    <thead>
      {columns.length > 0 && <Across result={result} />}
      <tr>
        {by.map(({ dimension }) => (
          <th key={dimension} scope="col">
            {words.reports.dimensions[dimension]}
          </th>
        ))}
        {measures.map((measure) => (
          <SortHead
            key={measure}
            head={words.reports.measure[measure]}
            isFigure
            direction={sort?.measure === measure ? directionOf(sort) : undefined}
            choose={() => sortBy(measure)}
            meaning={definitionOf(language, measure)}
          />
        ))}
        {hasBefore &&
          measures.map((measure) => (
            <th key={measure} scope="col" className={tone.figure}>
              {words.reports.before(words.reports.measure[measure])}
            </th>
          ))}
        {columns.flatMap((column) =>
          measures.map((measure) => (
            <th
              key={`${column} ${measure}`}
              scope="col"
              className={tone.figure}
              title={definitionOf(language, measure)}
            >
              {words.reports.measure[measure]}
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

/** The values across, each over its measures. */
function Across({ result }: Pick<ReportTableProps, 'result'>) {
  const language = useLanguage();
  const { by, across, measures, columns, total } = result;
  return (
    <tr>
      <td colSpan={by.length} />
      <th scope="colgroup" colSpan={measures.length * (total.before === null ? 1 : 2)}>
        {language.words.reports.total}
      </th>
      {columns.map((column) => (
        <th key={column} scope="colgroup" colSpan={measures.length}>
          {keyName(language, across, column)}
        </th>
      ))}
    </tr>
  );
}

function directionOf({ direction }: NonNullable<ReportTableProps['sort']>): 'ascending' | 'descending' {
  return direction === 'ascending' ? 'ascending' : 'descending';
}

interface FiguresProps {
  readonly result: Result;
  readonly line: Line;
  readonly keys?: readonly (string | null)[];
  readonly currency: string | undefined;
  readonly open: (cell: Cell) => void;
}

/** The figures of a line: its totals, those of the period before, its cells. */
function Figures({ result: { measures, columns }, line, keys, currency, open }: FiguresProps) {
  const language = useLanguage();
  const row = keys === undefined ? {} : { keys };
  return (
    <>
      {measures.map((measure, index) => (
        <Figure
          key={measure}
          shown={valueName(language, { measure, currency }, line.values[index])}
          open={() => open({ measure, ...row })}
        />
      ))}
      {line.before !== null &&
        measures.map((measure, index) => (
          <td key={measure} className={`${tone.figure} ${tone.soft}`}>
            {valueName(language, { measure, currency }, line.before?.[index])}
          </td>
        ))}
      {columns.flatMap((column, at) =>
        measures.map((measure, index) => (
          <Figure
            key={`${column} ${measure}`}
            shown={valueName(language, { measure, currency }, line.cells[at]?.[index])}
            open={() => open({ measure, ...row, column: [column] })}
          />
        )),
      )}
    </>
  );
}

function Figure({ shown, open }: { readonly shown: string; readonly open: () => void }) {
  return <td className={tone.figure}>{shown === '' ? null : <TextButton act={open}>{shown}</TextButton>}</td>;
}
