/** Stranded demand: stock that lies free beside somebody who waits. Empty is how it should be; else it says why. */
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Entries } from '../components/entries.tsx';
import { ProductLink } from '../components/product-link.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { Widget } from './widget.tsx';

const StrandedWhy = lazy(() => import('./stranded-why.tsx').then((file) => ({ default: file.StrandedWhy })));

const ROWS = 5;

type Stranded = AnswerOf<'listStrandedDemand'>['rows'][number];

export function StrandedWidget() {
  const { words, figure, count } = useLanguage();
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
                  {row.why !== null && <Why standing={row.why} />}
                </li>
              ))}
            </Entries>
          )
        }
      </Answered>
    </Widget>
  );
}

function Why({ standing }: { readonly standing: NonNullable<Stranded['why']> }) {
  const { words } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.home.whyStranded}</summary>
      <p className={tone.soft}>
        <Suspense>{isOpen && <StrandedWhy standing={standing} />}</Suspense>
      </p>
    </details>
  );
}
