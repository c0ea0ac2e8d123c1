/** A saved report on the home page. */
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Choice } from '../components/choice.tsx';
import { Empty } from '../components/states.tsx';
import { type Kept, reportText } from '../reports/definition.ts';
import { ShownReport } from '../reports/result.tsx';
import { useLanguage } from '../words/words.tsx';
import { useSettings, Widget } from './widget.tsx';

const AGAIN_MS = 60_000;
/** Rows that stand at a glance. */
const MOST = 12;

export function ReportWidget() {
  const { words } = useLanguage();
  const [settings, set] = useSettings();
  const saved = useAnswer('listSavedReports');
  const chosen = saved.data?.rows.find(({ code }) => code === settings['report']) ?? saved.data?.rows[0];
  return (
    <Widget
      title={chosen?.name ?? words.home.kinds.report}
      choices={
        <Choice
          size="xs"
          label={words.reports.saved}
          value={chosen?.code}
          choose={(value) => set({ report: value ?? '' })}
          options={(saved.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      }
    >
      <Answered answer={saved}>
        {() => (chosen === undefined ? <Empty>{words.reports.noneSaved}</Empty> : <Glance kept={chosen} />)}
      </Answered>
    </Widget>
  );
}

function Glance({ kept }: { readonly kept: Kept }) {
  const { words } = useLanguage();
  const report = { ...kept.report, limit: Math.min(MOST, kept.report.limit) };
  const answer = useAnswer('runReport', { query: { report: reportText(report) } }, { every: AGAIN_MS });
  return (
    <>
      <Answered answer={answer}>
        {(result) => <ShownReport result={result} label={kept.name} show={report.show} />}
      </Answered>
      <Link to="/reports/build" search={{ report: reportText(kept.report), saved: kept.code }}>
        {words.table.openPage}
      </Link>
    </>
  );
}
