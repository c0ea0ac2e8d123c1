/** Order items by status: in items, units or value, of a time, channel, warehouse or supplier, statuses chosen. */
import { Checkbox, SegmentedControl, Stack } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { ChannelChoice, Choice, SupplierChoice, WarehouseChoice } from '../components/choice.tsx';
import { type Measure, StatusBars } from '../components/figures/status-bars.tsx';
import { FoldOut } from '../components/frame/fold-out.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { STATUSES } from '../components/said.tsx';
import { useLanguage } from '../words/words.tsx';
import styles from './status-widget.module.css';
import { useSettings, Widget } from './widget.tsx';

const DAY_MS = 86_400_000;
const RANGES = [1, 7, 30, 90, 365];
const MEASURES = ['items', 'units', 'value'] as const;

/** The viewer's midnight so many days ago, so that the same choice is the same address all day. */
function startOf(days: number): string {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  return new Date(midnight.getTime() - (days - 1) * DAY_MS).toISOString();
}

export function StatusWidget() {
  const { words, count } = useLanguage();
  const [settings, set] = useSettings();
  const { channel, warehouse, supplier, days = '' } = settings;
  const measure: Measure = MEASURES.find((each) => each === settings['measure']) ?? 'items';
  const placedFrom = days === '' ? undefined : startOf(Number(days));
  const filters = {
    ...(placedFrom !== undefined && { placedFrom }),
    ...(channel && { channel }),
    ...(warehouse && { warehouse }),
    ...(supplier && { supplier }),
  };
  const answer = useAnswer('itemsByStatus', { query: filters });
  const hidden = new Set(settings['hidden']?.split(','));
  return (
    <Widget title={words.home.kinds.status}>
      <FilterRow gapBelow="md">
        <SegmentedControl
          aria-label={words.home.measure}
          size="xs"
          value={measure}
          onChange={(value) => set({ measure: value })}
          data={MEASURES.map((value) => ({ value, label: words.home[value] }))}
        />
        <Choice
          size="xs"
          label={words.home.since}
          value={days}
          choose={(value) => set({ days: value ?? '' })}
          any={words.home.always}
          options={RANGES.map((each) => ({ value: String(each), label: words.home.days(count(each)) }))}
        />
        <ChannelChoice size="xs" value={channel} choose={(value) => set({ channel: value ?? '' })} />
        <WarehouseChoice size="xs" value={warehouse} choose={(value) => set({ warehouse: value ?? '' })} />
        <SupplierChoice size="xs" value={supplier} choose={(value) => set({ supplier: value ?? '' })} />
        <StatusChoice hidden={hidden} choose={(next) => set({ hidden: [...next].join(',') })} />
      </FilterRow>
      <Answered answer={answer} rows={9}>
        {({ rows }) => (
          <StatusBars
            rows={rows.filter(({ status }) => !hidden.has(status))}
            measure={measure}
            filters={filters}
          />
        )}
      </Answered>
    </Widget>
  );
}

interface StatusChoiceProps {
  readonly hidden: ReadonlySet<string>;
  readonly choose: (hidden: ReadonlySet<string>) => void;
}

function StatusChoice({ hidden, choose }: StatusChoiceProps) {
  const { words } = useLanguage();
  return (
    <FoldOut className={styles.statuses} label={words.home.statuses}>
      <Stack gap="xs">
        {STATUSES.map((status) => (
          <Checkbox
            key={status}
            label={words.status[status]}
            checked={!hidden.has(status)}
            onChange={(event) => {
              const others = [...hidden].filter((each) => each !== status && each !== '');
              choose(new Set(event.currentTarget.checked ? others : [...others, status]));
            }}
          />
        ))}
      </Stack>
    </FoldOut>
  );
}
