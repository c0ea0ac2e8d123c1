/** What one can do with a list as a whole: choose columns, keep and go to views, get all rows as a file. */
import { ActionIcon, Anchor, Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconBookmark, IconColumns3, IconDownload, IconTrash } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type ListSearch, stringifySearch } from '../../search.ts';
import { useLanguage } from '../../words/words.tsx';
import { TextField } from '../text-field.tsx';
import tone from '../tone.module.css';
import { idOf, shownColumns } from './columns.ts';
import type { Column } from './table.tsx';

interface ListToolsProps<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly search: ListSearch;
  readonly choose: (changes: ListSearch) => void;
  readonly file?: string | undefined;
}

const ICON = 16;

export function ListTools<Row>(props: ListToolsProps<Row>) {
  const { words } = useLanguage();
  const { file } = props;
  return (
    <Group gap="xs" justify="flex-end" mb="xs">
      <Views {...props} />
      <ColumnChoice {...props} />
      {file !== undefined && (
        <Button
          component="a"
          href={file}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={ICON} aria-hidden />}
        >
          {words.table.export}
        </Button>
      )}
    </Group>
  );
}

function ColumnChoice<Row>({ columns, search, choose }: ListToolsProps<Row>) {
  const { words } = useLanguage();
  const shown = new Set(shownColumns(columns, search.columns).map(idOf));
  function toggle(id: string): void {
    const next = columns.map(idOf).filter((each) => (each === id ? !shown.has(id) : shown.has(each)));
    if (next.length > 0) choose({ ...search, columns: next.join(',') });
  }
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns3 size={ICON} aria-hidden />}>
          {words.table.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.table.columns}>
        <Stack gap="xs">
          {columns.map((column) => (
            <Checkbox
              key={idOf(column)}
              label={column.head}
              checked={shown.has(idOf(column))}
              onChange={() => toggle(idOf(column))}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface View {
  readonly name: string;
  /** What its address has after the path. */
  readonly search: string;
}

/** Views are kept by this browser; what they show is in their address. */
function Views<Row>({ name: listName, search }: ListToolsProps<Row>) {
  const { words } = useLanguage();
  const [views, setViews] = useLocalStorage<readonly View[]>({
    key: `allot.views.${listName}`,
    defaultValue: [],
  });
  const shown = stringifySearch({ ...search, cursor: undefined, open: undefined });
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={ICON} aria-hidden />}>
          {words.table.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.table.views}>
        <Stack gap="xs">
          {views.length === 0 && <span className={tone.soft}>{words.table.noViews}</span>}
          {views.map((view) => (
            <KeptView
              key={view.name}
              view={view}
              remove={() => setViews(views.filter((each) => each !== view))}
            />
          ))}
          <KeepView
            keep={(name) =>
              setViews([...views.filter((view) => view.name !== name), { name, search: shown }])
            }
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function KeptView({ view, remove }: { readonly view: View; readonly remove: () => void }) {
  const { words } = useLanguage();
  const { history } = useRouter();
  return (
    <Group justify="space-between" wrap="nowrap">
      <Anchor component="button" onClick={() => history.push(`${location.pathname}${view.search}`)}>
        {view.name}
      </Anchor>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words.table.removeView(view.name)}
        onClick={remove}
      >
        <IconTrash size={ICON} />
      </ActionIcon>
    </Group>
  );
}

/** Keeps what is shown under a name. */
function KeepView({ keep }: { readonly keep: (name: string) => void }) {
  const { words } = useLanguage();
  const [name, setName] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() === '') return;
    keep(name.trim());
    setName('');
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <TextField
          size="xs"
          aria-label={words.table.viewName}
          placeholder={words.table.viewName}
          value={name}
          write={setName}
        />
        <Button size="xs" type="submit">
          {words.table.keepView}
        </Button>
      </Group>
    </form>
  );
}
