/** The items of an order: their units, where they come from, when the rest comes, and why it is so. */
import { Box, Button } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { decisionSentences, standingSentences } from '../../src/words/explain.ts';
import { useAnswer } from '../api/answers.tsx';
import box from '../components/box.module.css';
import { Promised } from '../components/figures/promised.tsx';
import { QuantityBar } from '../components/figures/quantity-bar.tsx';
import { type Column, Table } from '../components/list/table.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Loading, Problem } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { type Language, useLanguage } from '../words/words.tsx';

type Order = AnswerOf<'getOrder'>;

type Item = Order['items'][number];

export function OrderItems({ order }: { readonly order: Order }) {
  const language = useLanguage();
  const [explained, setExplained] = useState<number | null>(null);
  return (
    <>
      <Table
        label={language.words.order.items}
        rows={order.items}
        keyOf={(item) => String(item.line)}
        columns={itemColumns(language, { explained, explain: setExplained })}
      />
      {explained !== null && <Explanation orderId={order.id} line={explained} />}
    </>
  );
}

interface Explaining {
  /** The line that is explained. */
  readonly explained: number | null;
  readonly explain: (line: number | null) => void;
}

function itemColumns(language: Language, { explained, explain }: Explaining): Column<Item>[] {
  const { words, figure } = language;
  return [
    { head: words.order.line, cell: (item) => figure(item.line), isFigure: true },
    {
      head: words.orders.sku,
      cell: ({ sku }) => <ProductLink sku={sku} />,
    },
    { head: words.orders.quantities, cell: (item) => <QuantityBar quantities={item.quantities} /> },
    {
      head: words.order.from,
      cell: (item) =>
        item.allocations
          .filter(({ open, shipped }) => open + shipped > 0)
          .map(({ warehouse, open, shipped }) => `${warehouse} ${figure(open + shipped)}`)
          .join(', '),
    },
    {
      head: words.order.promise,
      cell: (item) => (
        <>
          <Promised slices={item.promise?.slices ?? []} />
          {firstPromise(language, item) !== undefined && (
            <div className={tone.soft}>{firstPromise(language, item)}</div>
          )}
        </>
      ),
    },
    {
      head: words.order.why,
      cell: ({ line }) => (
        <Button
          size="xs"
          variant="default"
          aria-expanded={explained === line}
          aria-label={words.order.explain(line)}
          onClick={() => explain(explained === line ? null : line)}
        >
          {words.order.why}
        </Button>
      ),
    },
  ];
}

function firstPromise({ words, day }: Language, { promise }: Item): string | undefined {
  const first = promise?.first?.on;
  if (first == null || first === promise?.told?.on) return undefined;
  return words.order.first(day(first));
}

function Explanation({ orderId, line }: { readonly orderId: number; readonly line: number }) {
  const language = useLanguage();
  const { words, moment } = language;
  const answer = useAnswer('explainItem', { params: { orderId, line } });
  return (
    <Box
      component="section"
      mt="sm"
      className={box.box ?? ''}
      aria-label={words.order.explain(line)}
      aria-live="polite"
    >
      {answer.isPending && <Loading rows={3} />}
      {answer.isError && <Problem error={answer.error} again={answer.refetch} />}
      {answer.isSuccess && (
        <>
          <p>{standingSentences(answer.data.now, words.explanation, language).join(' ')}</p>
          <ol reversed>
            {answer.data.decisions.map(({ number, at, explanation }) => (
              <li key={number} value={number}>
                <span className={tone.soft}>{moment(at)}</span>{' '}
                {decisionSentences(explanation, words.explanation, language).join(' ')}
              </li>
            ))}
          </ol>
        </>
      )}
    </Box>
  );
}
