/** The rows of a table inside a rule, such as rates: each cell a number, or codes parted by commas. */
import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useLanguage } from '../words/words.tsx';

export interface TableColumn {
  readonly name: 'warehouses' | 'countries' | 'upToGrams' | 'price' | 'days';
  readonly isList: boolean;
}

/** What one typed, by column. */
export type TypedRow = Readonly<Record<string, string>>;

interface TableRowsProps {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TypedRow[];
  readonly change: (rows: readonly TypedRow[]) => void;
}

const ICON = 16;

export function TableRows({ label, columns, rows, change }: TableRowsProps) {
  const { words } = useLanguage();
  return (
    <fieldset>
      <legend>{label}</legend>
      {rows.map((row, place) => (
        // a row has nothing of its own but its place
        <Group key={`${place}`} gap="xs" align="flex-end" wrap="nowrap">
          {columns.map(({ name, isList }) => (
            <TextInput
              key={name}
              size="xs"
              label={words.rules.cells[name]}
              inputMode={isList ? 'text' : 'numeric'}
              value={row[name] ?? ''}
              onChange={(event) => {
                const next = { ...row, [name]: event.currentTarget.value };
                change(rows.map((each, at) => (at === place ? next : each)));
              }}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.stock.removeLine(place + 1)}
            disabled={rows.length === 1}
            onClick={() => change(rows.filter((_, at) => at !== place))}
          >
            <IconX size={ICON} />
          </ActionIcon>
        </Group>
      ))}
      <Button mt="xs" size="xs" variant="default" onClick={() => change([...rows, {}])}>
        {words.stock.addLine}
      </Button>
    </fieldset>
  );
}

/** A number, or codes parted by commas, as the server takes it. */
export function writtenCell({ isList }: { readonly isList: boolean }, text: string): unknown {
  if (!isList) return Number(text);
  const texts = text.split(',').map((each) => each.trim());
  return texts.filter((each) => each !== '');
}

/** Empty cells are left out; the server says which it needs. */
export function writtenRows(columns: readonly TableColumn[], rows: readonly TypedRow[]): unknown[] {
  return rows.map((row) =>
    Object.fromEntries(
      columns.flatMap((column) => {
        const text = row[column.name]?.trim() ?? '';
        return text === '' ? [] : [[column.name, writtenCell(column, text)]];
      }),
    ),
  );
}
