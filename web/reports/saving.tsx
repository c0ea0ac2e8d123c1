/** What one does with a report: keep it, mail it, watch it, put it on the home page, delete it. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../api/answers.tsx';
import { Dialog } from '../components/dialog.tsx';
import { FoldOut } from '../components/frame/fold-out.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLayout } from '../home/layout.ts';
import { useLanguage } from '../words/words.tsx';
import { AlarmDialog } from './alarm-dialog.tsx';
import type { Kept, Report } from './definition.ts';
import styles from './saving.module.css';
import { ScheduleDialog } from './schedule-dialog.tsx';

interface SavingProps {
  readonly report: Report;
  readonly kept: Kept | undefined;
  readonly opened: (code: string) => void;
}

export function Saving({ report, kept, opened }: SavingProps) {
  const { words } = useLanguage();
  return (
    <>
      {kept !== undefined && (
        <FoldOut label={words.reports.more} className={styles.acts}>
          <ScheduleDialog kept={kept} />
          <AlarmDialog kept={kept} />
          <ToHome kept={kept} />
          <Delete kept={kept} />
        </FoldOut>
      )}
      {report.measures.length > 0 && <Save report={report} kept={kept} opened={opened} />}
    </>
  );
}

function Save({ report, kept, opened }: SavingProps) {
  const { words } = useLanguage();
  const [name, setName] = useState('');
  const act = useAct('putSavedReport', (saved) => words.reports.done.saved(saved.name));
  return (
    <Dialog
      act={words.reports.save}
      isMain
      begin={() => setName(kept?.name ?? '')}
      disabled={name.trim() === ''}
      run={async () => {
        const isSame = kept !== undefined && kept.name === name.trim();
        const savedReport = isSame ? kept.code : codeOf(name);
        const { code } = await act.mutateAsync({
          params: { savedReport },
          body: { name: name.trim(), report },
        });
        opened(code);
      }}
    >
      <TextField
        label={words.reports.saveAs}
        value={name}
        write={setName}
        required
        maxLength={200}
        data-autofocus
      />
    </Dialog>
  );
}

/** A code that no other report has, and that one recognises. */
function codeOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  return `${plain === '' ? 'report' : plain}-${crypto.randomUUID().slice(0, 8)}`;
}

function ToHome({ kept }: { readonly kept: Kept }) {
  const { words } = useLanguage();
  const { add } = useLayout();
  return (
    <Button
      variant="default"
      onClick={() => {
        add('report', { report: kept.code });
        notifications.show({ message: words.reports.onHome(kept.name) });
      }}
    >
      {words.reports.toHome}
    </Button>
  );
}

function Delete({ kept }: { readonly kept: Kept }) {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const put = useAct('putSavedReport', ({ name }) => words.reports.done.saved(name));
  const act = useAct('deleteSavedReport', ({ name }) => words.reports.done.removed(name), {
    undo: () => () =>
      put.mutateAsync({ params: { savedReport: kept.code }, body: { name: kept.name, report: kept.report } }),
  });
  return (
    <Button
      variant="default"
      onClick={() =>
        void act.mutateAsync({ params: { savedReport: kept.code } }).then(
          () => navigate({ to: '/reports' }),
          () => undefined,
        )
      }
    >
      {words.reports.forget}
    </Button>
  );
}
