/** When and to whom a report is mailed. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/answers.tsx';
import { Choice } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';
import { addressesOf } from './addresses.ts';
import type { Kept } from './definition.ts';

const EVERY = ['day', 'week', 'month'] as const;
const FORMATS = ['xlsx', 'csv'] as const;
const AT_FIRST = '07:00';

export function ScheduleDialog({ kept }: { readonly kept: Kept }) {
  const { words } = useLanguage();
  const { code, schedule } = kept;
  const params = { savedReport: code };
  const [every, setEvery] = useState<(typeof EVERY)[number]>(schedule?.every ?? 'day');
  const [at, setAt] = useState(schedule?.at ?? AT_FIRST);
  const [format, setFormat] = useState<(typeof FORMATS)[number]>(schedule?.format ?? 'xlsx');
  const [to, setTo] = useState(schedule?.to.join(', ') ?? '');
  const put = useAct('putReportSchedule', ({ name }) => words.reports.done.scheduled(name));
  return (
    <Dialog
      act={words.reports.schedule}
      disabled={addressesOf(to).length === 0}
      run={() =>
        put.mutateAsync({
          params,
          body: {
            every,
            at,
            format,
            to: addressesOf(to),
            timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          },
        })
      }
    >
      {schedule !== null && <Standing kept={kept} schedule={schedule} />}
      <Group align="flex-end">
        <Choice
          label={words.reports.period}
          value={every}
          choose={(value) => setEvery(EVERY.find((each) => each === value) ?? 'day')}
          options={EVERY.map((value) => ({ value, label: words.reports.every[value] }))}
        />
        <TextField type="time" label={words.reports.at} value={at} write={setAt} />
        <Choice
          label={words.reports.file}
          value={format}
          choose={(value) => setFormat(FORMATS.find((each) => each === value) ?? 'xlsx')}
          options={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
        />
      </Group>
      <TextField label={words.reports.to} value={to} write={setTo} required data-autofocus />
    </Dialog>
  );
}

interface StandingProps {
  readonly kept: Kept;
  readonly schedule: NonNullable<Kept['schedule']>;
}

/** How it goes, and what one can do about it. */
function Standing({ kept, schedule }: StandingProps) {
  const { words, moment } = useLanguage();
  const params = { savedReport: kept.code };
  const stop = useAct('deleteReportSchedule', ({ name }) => words.reports.done.stopped(name));
  const send = useAct('sendReport', ({ name }) => words.reports.done.sent(name));
  return (
    <>
      <p>
        {words.reports.scheduled(moment(schedule.nextAt))}{' '}
        {schedule.lastSentAt !== null && words.reports.sentAt(moment(schedule.lastSentAt))}
      </p>
      {schedule.lastError !== null && <p>{words.reports.failed(schedule.lastError)}</p>}
      <Group gap="xs">
        <Button variant="default" loading={send.isPending} onClick={() => send.mutate({ params })}>
          {words.reports.sendNow}
        </Button>
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params })}>
          {words.reports.stop}
        </Button>
      </Group>
    </>
  );
}
