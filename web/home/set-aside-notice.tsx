/**
 * Says at the head of the home page that products were set aside: which, since when, what it means for those who wait, and
 * what to do. Nothing stands there while all is well.
 */
import { Alert } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { Entries } from '../components/entries.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Ago } from '../components/said.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

const ROWS = 10;
/** Pauses end without anything that a change would tell: it is asked again by itself. */
const ASK_EVERY_MS = 15_000;

export function SetAsideNotice() {
  const { words, count } = useLanguage();
  const answer = useAnswer('listSetAside', { query: { limit: ROWS } }, { every: ASK_EVERY_MS });
  const rows = answer.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Alert color="red" variant="outline" mb="md" title={words.home.setAside} role="alert">
      <Entries>
        {rows.map(({ sku, work, since, attempts, error }) => (
          <li key={`${work} ${sku}`}>
            <ProductLink sku={sku} /> {words.home.setAsideFrom[work]} <Ago at={since} />
            <details>
              <summary>{words.home.whySetAside(count(attempts))}</summary>
              <p className={tone.soft}>{error}</p>
            </details>
          </li>
        ))}
      </Entries>
      <p>{words.home.setAsideHelp}</p>
    </Alert>
  );
}
