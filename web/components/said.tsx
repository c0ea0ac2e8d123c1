/** Small things that are said alike everywhere: a status, a moment, a day. */

import type { ReactNode } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { classes } from '../classes.ts';
import { useLanguage } from '../words/words.tsx';
import styles from './figures/status.module.css';

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

const COLOURS: Readonly<Record<Status, string | undefined>> = {
  shipped: styles.shipped,
  partially_shipped: styles.allocated,
  allocated: styles.allocated,
  partially_allocated: styles.backordered,
  preordered: styles.preordered,
  backordered: styles.backordered,
  unfillable: styles.unfillable,
  pending: styles.pending,
  cancelled: styles.cancelled,
};

/** The class that gives an element the colours of a status. */
export function colourOf(status: Status): string | undefined {
  return COLOURS[status];
}

interface BadgeProps {
  /** Whose colours it has. */
  readonly status: Status;
  readonly children: ReactNode;
}

export function Badge({ status, children }: BadgeProps) {
  return <span className={classes(styles.badge, colourOf(status))}>{children}</span>;
}

export function StatusBadge({ status }: { readonly status: Status }) {
  const { words } = useLanguage();
  return <Badge status={status}>{words.status[status]}</Badge>;
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
