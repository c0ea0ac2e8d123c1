/** A promise as a day with its source in words: "10 Dec, from purchase order 1042, 80 % sure". */
import type { AnswerOf } from '../../../src/contract/operations.ts';
import { useLanguage } from '../../words/words.tsx';
import tone from '../tone.module.css';

type Slice = AnswerOf<'listWaiting'>['rows'][number]['promise'][number];

export function Promised({ slices }: { readonly slices: readonly Slice[] }) {
  const { words, day, figure } = useLanguage();
  if (slices.length === 0) return <span className={tone.soft}>{words.order.noPromise}</span>;
  return (
    <>
      {slices.map((slice) => (
        <div key={`${slice.on} ${slice.source} ${slice.purchaseOrder} ${slice.line}`}>
          {slices.length > 1 && `${figure(slice.units)}: `}
          {slice.on === null ? (
            <span className={tone.soft}>{words.order.notKnown}</span>
          ) : (
            <>
              {day(slice.on)},{' '}
              <span className={tone.soft}>
                {words.order.sources[slice.source]}
                {slice.purchaseOrder !== null && ` ${slice.purchaseOrder}`}
                {slice.confidence !== null && `, ${words.order.sure(slice.confidence)}`}
              </span>
            </>
          )}
        </div>
      ))}
    </>
  );
}
