/** One report: put together at the left, shown at the right. All of it is in the address, so that a link shows the same. */
import { Button, Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CHARTS } from '../../../src/contract/reports/report-dimensions.ts';
import { useAnswer } from '../../api/answers.tsx';
import { Answered } from '../../components/answered.tsx';
import { Choice } from '../../components/choice.tsx';
import { PageHead } from '../../components/frame/page-head.tsx';
import { SidePanel } from '../../components/list/side-panel.tsx';
import { Empty } from '../../components/states.tsx';
import tone from '../../components/tone.module.css';
import { Behind } from '../../reports/behind.tsx';
import { Builder } from '../../reports/builder.tsx';
import { type Report, reportFrom, reportText } from '../../reports/definition.ts';
import { fileOfReport } from '../../reports/files.ts';
import { FillTimes } from '../../reports/fill-times.tsx';
import { readyMadeOf } from '../../reports/ready-made.ts';
import type { Cell } from '../../reports/report-table.tsx';
import { ShownReport } from '../../reports/result.tsx';
import type { Result } from '../../reports/said.ts';
import { Saving } from '../../reports/saving.tsx';
import { given } from '../../search.ts';
import { useLanguage } from '../../words/words.tsx';
import styles from './report.module.css';

const route = getRouteApi('/reports/build');
/** A report that is looked at is run again after so many milliseconds. */
const AGAIN_MS = 60_000;

export function ReportPage() {
  const { words } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const report = reportFrom(search.report);
  const text = reportText(report);
  const hasMeasures = report.measures.length > 0;
  const saved = useAnswer(
    'getSavedReport',
    { params: { savedReport: search.saved ?? '' } },
    { enabled: search.saved !== undefined },
  );
  const kept = search.saved === undefined ? undefined : saved.data;
  const answer = useAnswer(
    'runReport',
    { query: { report: text } },
    { enabled: hasMeasures, every: AGAIN_MS },
  );
  const choose = (changes: typeof search) =>
    void navigate({ to: '/reports/build', search: given({ ...search, ...changes }) });
  const change = (next: Report) => choose({ report: reportText(next), cell: undefined });
  const open = (opened: Cell) => choose({ cell: JSON.stringify(opened) });
  const cell = cellFrom(search.cell);
  const ready = readyMadeOf(text);
  const name = kept?.name ?? (ready === undefined ? words.reports.build : words.reports.readyMade[ready]);
  return (
    <>
      <PageHead title={name}>
        <Doings report={report} change={change} name={name}>
          <Saving report={report} kept={kept} opened={(code) => choose({ saved: code })} />
        </Doings>
      </PageHead>
      <div className={styles.report}>
        <Builder report={report} change={change} />
        <div>
          {hasMeasures ? (
            <Answered answer={answer}>
              {(result) => (
                <Looked result={result} report={report} change={change} label={name} open={open} />
              )}
            </Answered>
          ) : (
            <Empty>{words.reports.choose}</Empty>
          )}
          {report.measures.some((id) => id.startsWith('days_to_fill')) && <FillTimes report={text} />}
        </div>
        {cell !== undefined && hasMeasures && (
          <SidePanel close={() => choose({ cell: undefined })}>
            <Behind report={text} cell={cell} />
          </SidePanel>
        )}
      </div>
    </>
  );
}

interface LookedProps {
  readonly result: Result;
  readonly report: Report;
  readonly change: (report: Report) => void;
  readonly label: string;
  readonly open: (cell: Cell) => void;
}

/** The report as it is looked at, and of which moment it is. */
function Looked({ result, report, change, label, open }: LookedProps) {
  const { words, exact } = useLanguage();
  return (
    <>
      <ShownReport
        result={result}
        label={label}
        show={report.show ?? 'table'}
        sort={report.sort}
        sortBy={(measure) =>
          change({ ...report, sort: { measure, direction: directionOf(report, measure) } })
        }
        open={open}
      />
      <p className={tone.soft}>{words.reports.stands(exact(result.asOf))}</p>
    </>
  );
}

/** Most first, and with a second click least first. */
function directionOf({ sort }: Report, measure: string): 'ascending' | 'descending' {
  return sort?.measure === measure && sort.direction !== 'ascending' ? 'ascending' : 'descending';
}

function cellFrom(text: string | undefined): Cell | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Cell;
  } catch {
    return undefined;
  }
}

interface DoingsProps {
  readonly report: Report;
  readonly change: (report: Report) => void;
  readonly name: string;
  readonly children: ReactNode;
}

/** How it is shown, and what one can take away of it. */
function Doings({ report, change, name, children }: DoingsProps) {
  const { words } = useLanguage();
  const text = reportText(report);
  const hasMeasures = report.measures.length > 0;
  return (
    <Group gap="xs">
      {hasMeasures && (
        <Choice
          label={words.reports.show}
          value={report.show ?? 'table'}
          choose={(value) => change({ ...report, show: CHARTS.find((each) => each === value) })}
          options={CHARTS.map((value) => ({ value, label: words.reports.charts[value] }))}
        />
      )}
      {hasMeasures &&
        (['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} variant="default" component="a" href={fileOfReport(text, { format, name })}>
            {format.toUpperCase()}
          </Button>
        ))}
      {children}
    </Group>
  );
}
