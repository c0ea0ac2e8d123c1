/** What the shadow would have done to the orders that came in while it was one. */
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import box from '../components/box.module.css';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { Comparison } from './comparison.tsx';

export function ShadowReport({ version }: { readonly version: number }) {
  const { words, count } = useLanguage();
  const answer = useAnswer('getShadowReport', { params: { version } });
  return (
    <Answered answer={answer} rows={3}>
      {(report) =>
        report.orders === 0 ? (
          <p className={`${box.box} ${tone.soft}`}>{words.rules.shadowWaits}</p>
        ) : (
          <>
            <Comparison compared={report} />
            {report.refused > 0 && <p>{words.rules.wouldRefuse(count(report.refused))}</p>}
          </>
        )
      }
    </Answered>
  );
}
