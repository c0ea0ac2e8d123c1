/** Stranded demand: stock that lies free beside somebody who waits. Empty is how it should be; else it says why. */
import { Link } from '@tanstack/react-router';
import { standingSentences } from '../../src/words/explain.ts';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Entries } from '../components/entries.tsx';
import { ProductLink } from '../components/product-link.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { Widget } from './widget.tsx';

const ROWS = 5;

export function StrandedWidget() {
  const language = useLanguage();
  const { words, figure, count } = language;
  const answer = useAnswer('listStrandedDemand', { query: { limit: ROWS } });
  return (
    <Widget title={words.home.kinds.stranded}>
      <Answered answer={answer} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p>{words.home.noneStranded}</p>
          ) : (
            <Entries>
              {rows.map((row) => (
                <li key={row.sku}>
                  <ProductLink sku={row.sku} />{' '}
                  <strong>{words.home.freeBeside(figure(row.available), count(row.waiting))}</strong>{' '}
                  {row.first !== null && (
                    <Link to="/orders/$orderId" params={{ orderId: String(row.first.orderId) }}>
                      {words.home.firstInLine(row.first.orderNumber)}
                    </Link>
                  )}
                  <details>
                    <summary>{words.home.whyStranded}</summary>
                    <p className={tone.soft}>
                      {row.why !== null &&
                        standingSentences(row.why, words.explanation, language).slice(1).join(' ')}
                    </p>
                  </details>
                </li>
              ))}
            </Entries>
          )
        }
      </Answered>
    </Widget>
  );
}
