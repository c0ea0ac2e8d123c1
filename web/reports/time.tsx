/** The time a report is about: so many periods up to now, or days; beside the time before; as it was on a day. */
import { Checkbox, TextInput } from '@mantine/core';
import { type DimensionId, kindOf, type Period } from '../../src/contract/reports/report-dimensions.ts';
import { MEASURES } from '../../src/contract/reports/report-measures.ts';
import { Choice } from '../components/choice.tsx';
import { useLanguage } from '../words/words.tsx';
import type { BuilderProps, FittingProps, Report } from './definition.ts';

const LASTS = [
  { last: 1, every: 'day' },
  { last: 7, every: 'day' },
  { last: 30, every: 'day' },
  { last: 12, every: 'week' },
  { last: 1, every: 'month' },
  { last: 12, every: 'month' },
  { last: 2, every: 'year' },
] as const;
/** Not the last ones, but from a day to another. */
const DAYS = 'days';

export function Time({ report, change, fitting }: FittingProps) {
  const { words } = useLanguage();
  const dates = fitting.filter((each) => kindOf(each) === 'date');
  const [first] = dates;
  return (
    <fieldset>
      <legend>{words.reports.period}</legend>
      {first !== undefined && <PeriodChoice report={report} change={change} first={first} />}
      {report.period !== undefined && (
        <PeriodDetails report={report} period={report.period} change={change} dates={dates} />
      )}
      {report.measures.every((id) => MEASURES[id].past) && <AsOf report={report} change={change} />}
    </fieldset>
  );
}

function chosenOf({ period }: Report): string {
  if (period === undefined) return '';
  return period.last === undefined ? DAYS : `${period.last} ${period.every ?? 'day'}`;
}

function PeriodChoice({ report, change, first }: BuilderProps & { readonly first: DimensionId }) {
  const { words, count } = useLanguage();
  const { last: lastOf, periods, manyPeriods } = words.reports;
  function choose(value: string | undefined): void {
    const { period, compare: _, ...rest } = report;
    const preset = offered(report).find(({ last, every }) => `${last} ${every}` === value);
    const dimension = period?.dimension ?? first;
    if (value === undefined) change(without(rest));
    else if (preset === undefined) change({ ...rest, period: { dimension, from: firstOfYear() } });
    else change({ ...report, period: { dimension, ...preset } });
  }
  return (
    <Choice
      label={words.reports.period}
      any={words.reports.anyTime}
      value={chosenOf(report)}
      choose={choose}
      options={[
        ...offered(report).map(({ last, every }) => ({
          value: `${last} ${every}`,
          label: lastOf(count(last), periods[every], manyPeriods[every]),
        })),
        { value: DAYS, label: `${words.reports.from} … ${words.reports.until}` },
      ]}
    />
  );
}

/** The usual ones, and the one that was chosen otherwise. */
function offered(report: Report): readonly { readonly last: number; readonly every: Period }[] {
  const { last, every = 'day' } = report.period ?? {};
  const isUsual = LASTS.some((each) => each.last === last && each.every === every);
  return last === undefined || isUsual ? LASTS : [...LASTS, { last, every }];
}

function without(report: Report): Report {
  const { period: _, ...rest } = report;
  return rest;
}

interface PeriodProps extends BuilderProps {
  readonly period: NonNullable<Report['period']>;
  readonly dates: readonly DimensionId[];
}

/** Which date it is, from when until when, and whether beside the time before. */
function PeriodDetails({ report, period, change, dates }: PeriodProps) {
  const { words } = useLanguage();
  function put(part: 'from' | 'until', value: string): void {
    const next: PeriodProps['period'] = { ...period, [part]: value || undefined };
    if ((next.from ?? next.until) !== undefined) change({ ...report, period: next });
  }
  return (
    <>
      {dates.length > 1 && (
        <Choice
          label={words.reports.ofDay}
          value={period.dimension}
          choose={(value) => {
            const dimension = dates.find((each) => each === value);
            if (dimension !== undefined) change({ ...report, period: { ...period, dimension } });
          }}
          options={dates.map((value) => ({ value, label: words.reports.dimensions[value] }))}
        />
      )}
      {period.last === undefined &&
        (['from', 'until'] as const).map((part) => (
          <TextInput
            key={part}
            type="date"
            label={words.reports[part]}
            value={period[part] ?? ''}
            onChange={(event) => put(part, event.currentTarget.value)}
          />
        ))}
      {(period.last !== undefined || (period.from !== undefined && period.until !== undefined)) && (
        <Checkbox
          label={words.reports.compare}
          checked={report.compare === true}
          onChange={(event) => change({ ...report, compare: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

function AsOf({ report, change }: BuilderProps) {
  const { words } = useLanguage();
  return (
    <TextInput
      type="date"
      label={words.reports.asOf}
      value={report.asOf?.slice(0, 10) ?? ''}
      onChange={(event) => {
        const { asOf: _, ...rest } = report;
        const day = event.currentTarget.value;
        change(day === '' ? rest : { ...rest, asOf: endOf(day) });
      }}
    />
  );
}

function firstOfYear(): string {
  return `${new Date().getUTCFullYear()}-01-01`;
}

/** The last instant of a day (UTC). */
function endOf(day: string): string {
  return `${day}T23:59:59.999Z`;
}
