/** Reports: ready-made ones to begin with, and those that were saved, favourites of this browser first. */
import { ActionIcon, Button, Group, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../../api/answers.tsx';
import { Answered } from '../../components/answered.tsx';
import tile from '../../components/figures/tile.module.css';
import { PageHead } from '../../components/frame/page-head.tsx';
import { Badge } from '../../components/said.tsx';
import { Empty } from '../../components/states.tsx';
import tone from '../../components/tone.module.css';
import { type Kept, reportText } from '../../reports/definition.ts';
import { READY_MADE, READY_MADE_IDS } from '../../reports/ready-made.ts';
import { useLanguage } from '../../words/words.tsx';

const ICON = 18;

export function ReportsPage() {
  const { words } = useLanguage();
  const saved = useAnswer('listSavedReports');
  return (
    <>
      <PageHead title={words.reports.title} sentence={words.reports.sentence}>
        <Button renderRoot={(props) => <Link to="/reports/build" {...props} />}>{words.reports.build}</Button>
      </PageHead>
      <section aria-label={words.reports.saved}>
        <Title order={2} size="h4" mb="xs">
          {words.reports.saved}
        </Title>
        <Answered answer={saved}>{({ rows }) => <Saved reports={rows} />}</Answered>
      </section>
      <section aria-label={words.reports.ready}>
        <Title order={2} size="h4" mt="lg" mb="xs">
          {words.reports.ready}
        </Title>
        <div className={tile.cards}>
          <Link className={tile.tile} to="/reports/at-risk">
            <strong>{words.reports.atRisk.title}</strong>
            <span className={tone.soft}>{words.reports.atRisk.sentence}</span>
          </Link>
          {READY_MADE_IDS.map((id) => (
            <Link
              key={id}
              className={tile.tile}
              to="/reports/build"
              search={{ report: reportText(READY_MADE[id]) }}
            >
              <strong>{words.reports.readyMade[id]}</strong>
              <span className={tone.soft}>{words.reports.readyMadeSays[id]}</span>
            </Link>
          ))}
        </div>
      </section>
    </>
  );
}

function Saved({ reports }: { readonly reports: readonly Kept[] }) {
  const { words, moment } = useLanguage();
  const [favourites, setFavourites] = useLocalStorage<readonly string[]>({
    key: 'allot.reports',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  if (reports.length === 0) return <Empty>{words.reports.noneSaved}</Empty>;
  const isFavourite = ({ code }: Kept) => favourites.includes(code);
  const sorted = [...reports].sort((a, b) => Number(isFavourite(b)) - Number(isFavourite(a)));
  return (
    <div className={tile.cards}>
      {sorted.map((kept) => (
        <div key={kept.code} className={tile.tile}>
          <Group justify="space-between" wrap="nowrap">
            <Link to="/reports/build" search={{ report: reportText(kept.report), saved: kept.code }}>
              <strong>{kept.name}</strong>
            </Link>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.reports.favourite(kept.name)}
              aria-pressed={isFavourite(kept)}
              onClick={() =>
                setFavourites(
                  isFavourite(kept)
                    ? favourites.filter((each) => each !== kept.code)
                    : [...favourites, kept.code],
                )
              }
            >
              {isFavourite(kept) ? <IconStarFilled size={ICON} /> : <IconStar size={ICON} />}
            </ActionIcon>
          </Group>
          <span className={tone.soft}>
            {kept.report.measures.map((measure) => words.reports.measure[measure]).join(', ')}
          </span>
          {kept.schedule !== null && (
            <span className={tone.soft}>{words.reports.scheduled(moment(kept.schedule.nextAt))}</span>
          )}
          {kept.alarm?.ringing === true && <Badge status="unfillable">{words.reports.ringing}</Badge>}
        </div>
      ))}
    </div>
  );
}
