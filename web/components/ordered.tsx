/** A choice of several in an order: moved by arrows or by dragging one to another's place. */
import { ActionIcon, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useLanguage } from '../words/words.tsx';
import { Choice } from './choice.tsx';
import { draggable, moved } from './dragging.ts';
import styles from './ordered.module.css';

interface OrderedProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly change: (values: readonly string[]) => void;
}

const ICON = 16;

export function Ordered({ label, values, options, change }: OrderedProps) {
  const { words } = useLanguage();
  const left = options.filter(({ value }) => !values.includes(value));
  return (
    <fieldset>
      <legend>{label}</legend>
      <ol className={styles.ordered}>
        {values.map((value, place) => (
          <li
            key={value}
            {...draggable({ kind: label, place, drop: (from) => change(moved(values, from, place)) })}
          >
            <Moved
              name={options.find((option) => option.value === value)?.label ?? value}
              value={value}
              place={place}
              values={values}
              change={change}
            />
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <Choice
          label={words.table.add}
          any={words.table.add}
          value=""
          choose={(value) => value !== undefined && change([...values, value])}
          options={left}
        />
      )}
    </fieldset>
  );
}

interface MovedProps extends Pick<OrderedProps, 'values' | 'change'> {
  readonly name: string;
  readonly value: string;
  readonly place: number;
}

/** One of them, with what moves it or takes it away. */
function Moved({ name, value, place, values, change }: MovedProps) {
  const { words } = useLanguage();
  return (
    <Group gap={4} wrap="nowrap">
      <span>{name}</span>
      <ActionIcon
        variant="subtle"
        aria-label={words.rules.upOf(value)}
        disabled={place === 0}
        onClick={() => change(moved(values, place, place - 1))}
      >
        <IconArrowUp size={ICON} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={words.rules.downOf(value)}
        disabled={place === values.length - 1}
        onClick={() => change(moved(values, place, place + 1))}
      >
        <IconArrowDown size={ICON} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${words.rules.remove}: ${value}`}
        onClick={() => change(values.filter((each) => each !== value))}
      >
        <IconX size={ICON} />
      </ActionIcon>
    </Group>
  );
}
