/** Fill rates at once over time: which share of items and units was allocated in the moment it was accepted. */
import { lazy, Suspense } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { ChannelChoice, Choice } from '../components/choice.tsx';
import { Empty, Loading } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';
import { useSettings, Widget } from './widget.tsx';

/** Charts are loaded when one is shown. */
const LineChart = lazy(() =>
  import('../charts/line-chart.tsx').then((file) => ({ default: file.LineChart })),
);
const EVERY = ['day', 'week', 'month'] as const;
const PERIODS = { day: 30, week: 12, month: 12 };

export function FillRatesWidget() {
  const { words } = useLanguage();
  const [settings, set] = useSettings();
  const { channel } = settings;
  const every = EVERY.find((each) => each === settings['every']) ?? 'week';
  const query = { every, periods: PERIODS[every], ...(channel && { channel }) };
  const answer = useAnswer('fillRates', { query });
  return (
    <Widget
      title={words.home.kinds.fillRates}
      choices={
        <>
          <Choice
            size="xs"
            label={words.home.every}
            value={every}
            choose={(value) => set({ every: value ?? 'week' })}
            options={EVERY.map((value) => ({ value, label: words.home.by[value] }))}
          />
          <ChannelChoice size="xs" value={channel} choose={(value) => set({ channel: value ?? '' })} />
        </>
      }
    >
      <Answered answer={answer}>
        {({ rows }) =>
          rows.every((row) => row.items === 0) ? (
            <Empty>{words.home.noFillRates}</Empty>
          ) : (
            <Rates rows={rows} />
          )
        }
      </Answered>
    </Widget>
  );
}

function Rates({ rows }: Pick<AnswerOf<'fillRates'>, 'rows'>) {
  const { words, day, percent } = useLanguage();
  return (
    <Suspense fallback={<Loading />}>
      <LineChart
        label={words.home.kinds.fillRates}
        top={1}
        format={percent}
        at={rows.map(({ from }) => day(from))}
        lines={[
          {
            name: words.home.ofItems,
            values: rows.map((row) => (row.items === 0 ? null : row.itemsAtOnce / row.items)),
          },
          {
            name: words.home.ofUnits,
            values: rows.map((row) => (row.units === 0 ? null : row.unitsAtOnce / row.units)),
          },
        ]}
      />
    </Suspense>
  );
}
