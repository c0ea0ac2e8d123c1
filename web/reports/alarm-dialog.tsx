/** A mail for when a figure goes beyond a threshold. Money is given in minor units, as it is answered. */
import { Button, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/answers.tsx';
import { Choice } from '../components/choice.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { addressesOf } from './addresses.ts';
import type { Kept } from './definition.ts';

const WHEN = ['above', 'below'] as const;

export function AlarmDialog({ kept }: { readonly kept: Kept }) {
  const { words, moment } = useLanguage();
  const { code, alarm, report } = kept;
  const params = { savedReport: code };
  const [measure = report.measures[0], setMeasure] = useState(alarm?.measure);
  const [when, setWhen] = useState<(typeof WHEN)[number]>(alarm?.when ?? 'above');
  const [threshold, setThreshold] = useState<number | undefined>(alarm?.threshold);
  const [to, setTo] = useState(alarm?.to.join(', ') ?? '');
  const put = useAct('putReportAlarm', ({ name }) => words.reports.done.alarmed(name));
  const stop = useAct('deleteReportAlarm', ({ name }) => words.reports.done.stopped(name));
  return (
    <Dialog
      act={words.reports.alarm}
      disabled={measure === undefined || threshold === undefined || addressesOf(to).length === 0}
      run={async () => {
        if (measure === undefined || threshold === undefined) return;
        await put.mutateAsync({ params, body: { measure, when, threshold, to: addressesOf(to) } });
      }}
    >
      <p className={tone.soft}>{words.reports.alarmHelp}</p>
      {alarm !== null && (
        <>
          {alarm.ringing && <p>{words.reports.ringing}</p>}
          {alarm.lastSentAt !== null && <p>{words.reports.sentAt(moment(alarm.lastSentAt))}</p>}
          {alarm.lastError !== null && <p>{words.reports.failed(alarm.lastError)}</p>}
          <Group>
            <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params })}>
              {words.reports.stop}
            </Button>
          </Group>
        </>
      )}
      <Group align="flex-end">
        <Choice
          label={words.reports.measures}
          value={measure}
          choose={(value) => setMeasure(report.measures.find((each) => each === value))}
          options={report.measures.map((value) => ({ value, label: words.reports.measure[value] }))}
        />
        <Choice
          label={words.reports.alarm}
          value={when}
          choose={(value) => setWhen(WHEN.find((each) => each === value) ?? 'above')}
          options={WHEN.map((value) => ({ value, label: words.reports.when[value] }))}
        />
        <NumberInput
          label={words.reports.threshold}
          value={threshold ?? ''}
          onChange={(next) => setThreshold(typeof next === 'number' ? next : undefined)}
          required
        />
      </Group>
      <TextField label={words.reports.to} value={to} write={setTo} required />
    </Dialog>
  );
}
