/** The head of a column that sorts: a button that says so, with an arrow where the rows are sorted by it. */
import { VisuallyHidden } from '@mantine/core';
import { useLanguage } from '../../words/words.tsx';
import tone from '../tone.module.css';
import styles from './table.module.css';

const ARROWS = { none: '', ascending: ' ↑', descending: ' ↓' };

interface SortHeadProps {
  readonly head: string;
  readonly isFigure?: boolean | undefined;
  /** undefined: sorted by something else. */
  readonly direction: 'ascending' | 'descending' | undefined;
  readonly choose: () => void;
  /** What the column means, for those who point. */
  readonly meaning?: string;
}

export function SortHead({ head, isFigure, direction, choose, meaning }: SortHeadProps) {
  const { words } = useLanguage();
  const sorted = direction ?? 'none';
  return (
    <th
      scope="col"
      className={isFigure === true ? tone.figure : undefined}
      aria-sort={sorted}
      title={meaning}
    >
      <button type="button" className={styles.sort} onClick={choose}>
        <VisuallyHidden component="span">{words.table.sortBy}</VisuallyHidden> {head}
        <span aria-hidden>{ARROWS[sorted]}</span>
      </button>
    </th>
  );
}
