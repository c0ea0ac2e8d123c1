/** Imports a CSV file: progress while it runs, good rows kept, bad ones shown by line and column and given back as a file. */
import { Alert, Button, FileInput, Group, NativeSelect, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { IMPORT_KINDS, type ImportKind } from '../../src/contract/imports.ts';
import { refusalIn, showError } from '../api/answers.tsx';
import { type Importing, importFile, NOT_BEGUN, rejectedFile } from '../api/importing.ts';
import { Choice, useCodes } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { Table } from '../components/list/table.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/import');
/** Bad rows shown; the file has them all. */
const SHOWN = 100;

export function ImportPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const shown = useQueryClient();
  const [kind, setKind] = useState<ImportKind>(IMPORT_KINDS.find((each) => each === search.kind) ?? 'orders');
  const [channel, setChannel] = useState<string>();
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState<Importing>(NOT_BEGUN);
  /** Names the run that is under way or was interrupted; the same file goes on under it. */
  const run = useRef<string>(undefined);
  const channels = useCodes('listSalesChannels');
  const takesChannel = kind === 'orders' || kind === 'products';
  function start(): void {
    if (file === null) return;
    run.current ??= crypto.randomUUID();
    const sent = { kind, file, channel: takesChannel ? channel : undefined, run: run.current };
    importFile({ ...sent, word: (problem) => refusalIn(language, problem) }, setState)
      .then(async (isDone) => {
        if (isDone) run.current = undefined;
        await shown.invalidateQueries();
      })
      .catch((error: unknown) => {
        setState(NOT_BEGUN);
        showError(error, language);
      });
  }
  return (
    <>
      <PageHead title={words.import.title} sentence={words.import.sentence} />
      <Group align="flex-end" mb="md">
        <NativeSelect
          label={words.import.kind}
          value={kind}
          onChange={(event) =>
            setKind(IMPORT_KINDS.find((each) => each === event.currentTarget.value) ?? 'orders')
          }
          data={IMPORT_KINDS.map((value) => ({ value, label: words.import.kinds[value] }))}
        />
        {takesChannel && (
          <Choice
            label={words.orders.channel}
            any={words.import.noChannel[kind]}
            value={channel}
            choose={setChannel}
            options={channels}
          />
        )}
        <FileInput
          label={words.import.file}
          placeholder={words.import.chooseFile}
          accept=".csv,text/csv"
          value={file}
          onChange={(chosen) => {
            run.current = undefined;
            setFile(chosen);
          }}
          clearable
          clearButtonProps={{ 'aria-label': words.import.noFile }}
        />
        <Button disabled={file === null} loading={state.isRunning} onClick={start}>
          {words.import.start}
        </Button>
      </Group>
      <p className={tone.soft}>{words.import.columns[kind]}</p>
      <Came state={state} fileName={file?.name ?? kind} />
    </>
  );
}

function Came({ state, fileName }: { readonly state: Importing; readonly fileName: string }) {
  const { words, percent, count } = useLanguage();
  const { isRunning, share, done, failed, rejected } = state;
  return (
    <div role="status">
      {isRunning && (
        <>
          <Progress value={100 * share} aria-label={words.import.progress} />
          <p>
            {percent(share)}, {words.import.rejectedSoFar(count(rejected.length))}
          </p>
        </>
      )}
      {failed !== undefined && (
        <Alert color="red" variant="light" title={words.import.failed}>
          {failed}
        </Alert>
      )}
      {done !== undefined && (
        <Alert color="gray" variant="light" title={words.import.done(count(done.imported))}>
          {done.repeated > 0 && <p>{words.import.repeated(count(done.repeated))}</p>}
          {done.rejected > 0 && <p>{words.import.rejected(count(done.rejected))}</p>}
        </Alert>
      )}
      {rejected.length > 0 && !isRunning && <Rejected state={state} fileName={fileName} />}
    </div>
  );
}

function Rejected({ state, fileName }: { readonly state: Importing; readonly fileName: string }) {
  const { words, figure, count } = useLanguage();
  function save(): void {
    const address = URL.createObjectURL(rejectedFile(state));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${fileName}.rejects.csv`;
    link.click();
    URL.revokeObjectURL(address);
  }
  return (
    <>
      <Group justify="space-between" my="sm">
        <span>{words.import.badRows(count(Math.min(SHOWN, state.rejected.length)))}</span>
        <Button variant="default" onClick={save}>
          {words.import.saveBad}
        </Button>
      </Group>
      <Table
        label={words.import.bad}
        rows={state.rejected.slice(0, SHOWN)}
        keyOf={({ line, column }) => `${line}/${column}`}
        columns={[
          { head: words.import.line, cell: ({ line }) => figure(line), isFigure: true },
          { head: words.import.column, cell: ({ column }) => column },
          { head: words.import.problem, cell: ({ problem }) => problem },
          { head: words.import.row, cell: ({ cells }) => cells.join(', ') },
        ]}
      />
    </>
  );
}
