/** Time to fulfil with the open items counted, beside the plain average that leaves them out, and the curve of those who wait. */
import { Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Figures } from '../components/figures/figures.tsx';
import { Loading } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

const LineChart = lazy(() =>
  import('../charts/line-chart.tsx').then((file) => ({ default: file.LineChart })),
);
/** Most points of the curve. */
const POINTS = 60;
const AGAIN_MS = 60_000;

export function FillTimes({ report }: { readonly report: string }) {
  const { words, figure, percent, count } = useLanguage();
  const said = words.reports.fillTimes;
  const answer = useAnswer('getFillTimes', { query: { report } }, { every: AGAIN_MS });
  const days = (value: number | null) => (value === null ? said.notReached : said.days(count(value)));
  return (
    <section aria-label={said.title}>
      <Title order={2} size="h4" mt="lg" mb="xs">
        {said.title}
      </Title>
      <Answered answer={answer}>
        {({ filled, open, givenUp, meanOfFilled, median, p90, curve }) => (
          <>
            <p className={tone.soft}>{said.counted(figure(filled), count(open), figure(givenUp))}</p>
            <Figures
              figures={[
                { name: said.median, value: days(median) },
                { name: said.p90, value: days(p90) },
                {
                  name: said.mean,
                  value: meanOfFilled === null ? '' : days(Math.round(meanOfFilled * 10) / 10),
                },
              ]}
            />
            {curve.length > 1 && (
              <Suspense fallback={<Loading />}>
                <LineChart
                  label={said.curve}
                  top={1}
                  format={percent}
                  at={daysOf(curve).map((day) => said.days(count(day)))}
                  lines={[
                    {
                      name: said.curve,
                      colour: 2,
                      values: daysOf(curve).map((day) => waitingAfter(curve, day)),
                    },
                  ]}
                />
              </Suspense>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

type Curve = readonly { readonly day: number; readonly waiting: number }[];

/** Evenly from the first day to the last. */
function daysOf(curve: Curve): number[] {
  const last = curve.at(-1)?.day ?? 0;
  const step = Math.max(1, Math.ceil(last / POINTS));
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

function waitingAfter(curve: Curve, day: number): number {
  return curve.findLast((point) => point.day <= day)?.waiting ?? 1;
}
