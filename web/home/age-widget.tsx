/** How long those who wait have waited: a bar for each span of days, backorders and pre-orders apart. */
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import legend from '../charts/legend.module.css';
import { classes } from '../classes.ts';
import { Answered } from '../components/answered.tsx';
import { ChannelChoice } from '../components/choice.tsx';
import { Changing } from '../components/figures/changing.tsx';
import bars from '../components/figures/status-bars.module.css';
import { colourOf } from '../components/said.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { useSettings, Widget } from './widget.tsx';

type AgeRow = AnswerOf<'waitingByAge'>['rows'][number];
const KINDS = ['preordered', 'backordered', 'unfillable'] as const;

function unitsOf(row: AgeRow): number {
  return row.backordered + row.preordered + row.unfillable;
}

export function AgeWidget() {
  const { words } = useLanguage();
  const [{ channel }, set] = useSettings();
  const answer = useAnswer('waitingByAge', { query: { ...(channel && { channel }) } });
  return (
    <Widget
      title={words.home.kinds.age}
      choices={<ChannelChoice size="xs" value={channel} choose={(value) => set({ channel: value ?? '' })} />}
    >
      <Answered answer={answer}>
        {({ rows }) =>
          rows.every((row) => row.items === 0) ? (
            <Empty>{words.waiting.nobodyAtAll}</Empty>
          ) : (
            <Ages rows={rows} />
          )
        }
      </Answered>
    </Widget>
  );
}

function Ages({ rows }: { readonly rows: readonly AgeRow[] }) {
  const { words, figure, count } = useLanguage();
  const most = Math.max(1, ...rows.map(unitsOf));
  return (
    <>
      <div className={classes(bars.rows, bars.worded)}>
        {rows.map((row) => (
          <Link key={row.fromDays} to="/waiting" search={{ by: 'items' }}>
            <span className={bars.name}>{words.home.age(row.fromDays, row.toDays)}</span>
            <span className={bars.track} aria-hidden>
              {KINDS.map((kind) => (
                <span
                  key={kind}
                  className={colourOf(kind)}
                  style={{ width: `${(100 * row[kind]) / most}%` }}
                />
              ))}
            </span>
            <span className={tone.figure}>
              <Changing>{figure(unitsOf(row))}</Changing>{' '}
              <span className={tone.soft}>{words.home.itemsOf(count(unitsOf(row)), count(row.items))}</span>
            </span>
          </Link>
        ))}
      </div>
      <p className={classes(legend.legend, tone.soft)}>
        {KINDS.map((kind) => (
          <span key={kind}>
            <i className={colourOf(kind)} /> {words.status[kind]}
          </span>
        ))}
      </p>
    </>
  );
}
