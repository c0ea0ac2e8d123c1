/** The frame of a widget: its title and, while one arranges, where it goes. Widgets can be dragged to each other's place. */
import { ActionIcon, Group, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext } from 'react';
import { classes } from '../classes.ts';
import box from '../components/box.module.css';
import { draggable } from '../components/dragging.ts';
import { useLanguage } from '../words/words.tsx';
import type { Settings } from './layout.ts';
import styles from './widget.module.css';

/** What a widget can be told while one arranges. */
export interface Arranging {
  readonly isArranging: boolean;
  readonly place: number;
  readonly count: number;
  readonly settings: Settings;
  readonly set: (settings: Settings) => void;
  readonly move: (from: number, to: number) => void;
  readonly remove: () => void;
}

const ArrangingContext = createContext<Arranging | undefined>(undefined);
export const ArrangingProvider = ArrangingContext.Provider;

/** The settings of the widget that asks, and a way to change one of them; '' takes it away. */
export function useSettings(): readonly [Settings, (changes: Settings) => void] {
  const arranging = useContext(ArrangingContext);
  const settings = arranging?.settings ?? {};
  return [settings, (changes) => arranging?.set({ ...settings, ...changes })];
}

interface WidgetProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly choices?: ReactNode;
}

const ICON = 16;

export function Widget({ title, children, choices }: WidgetProps) {
  const arranging = useContext(ArrangingContext);
  return (
    <section
      className={classes(box.box, styles.widget)}
      aria-label={title}
      {...draggable({
        kind: 'widget',
        place: arranging?.place ?? 0,
        drop: (from) => arranging?.move(from, arranging.place),
        disabled: arranging?.isArranging !== true,
      })}
    >
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {choices}
        {arranging?.isArranging === true && <Tools title={title} arranging={arranging} />}
      </Group>
      {children}
    </section>
  );
}

function Tools({ title, arranging }: { readonly title: string; readonly arranging: Arranging }) {
  const { words } = useLanguage();
  const { place, count, move, remove } = arranging;
  return (
    <Group gap={4}>
      <ActionIcon
        variant="default"
        aria-label={words.home.earlier(title)}
        disabled={place === 0}
        onClick={() => move(place, place - 1)}
      >
        <IconArrowLeft size={ICON} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={words.home.later(title)}
        disabled={place === count - 1}
        onClick={() => move(place, place + 1)}
      >
        <IconArrowRight size={ICON} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={words.home.remove(title)} onClick={remove}>
        <IconX size={ICON} />
      </ActionIcon>
    </Group>
  );
}
