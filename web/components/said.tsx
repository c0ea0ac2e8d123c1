/** Small things that are said alike everywhere: a status, a moment, a day. */
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useLanguage } from '../words/words.tsx';

export type Status = AnswerOf<'listOrders'>['rows'][number]['status'];

/** In the order in which they are offered. */
export const STATUSES: readonly Status[] = [
  'backordered',
  'preordered',
  'partially_allocated',
  'allocated',
  'partially_shipped',
  'shipped',
  'unfillable',
  'pending',
  'cancelled',
];

export function StatusBadge({ status }: { readonly status: Status }) {
  const { words } = useLanguage();
  return <span className={`badge ${status}`}>{words.status[status]}</span>;
}

/** How long ago, with the exact instant and zone on hover. */
export function Ago({ at }: { readonly at: string }) {
  const { ago, exact } = useLanguage();
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at)}
    </time>
  );
}

type Movement = Pick<AnswerOf<'listActivity'>['rows'][number], 'kind' | 'units'>;

/** What moved: "+40 received". */
export function Moved({ movement }: { readonly movement: Movement }) {
  const { words, signed } = useLanguage();
  return (
    <>
      <strong>{signed(movement.units)}</strong> {words.inventory.kinds[movement.kind]}
    </>
  );
}
