/** Which widgets stand on the home page, in which order and with which settings; kept by this browser. */
import { useLocalStorage } from '@mantine/hooks';
import { moved } from '../components/dragging.ts';

export const WIDGET_KINDS = [
  'status',
  'stranded',
  'age',
  'products',
  'arriving',
  'late',
  'fillRates',
  'latest',
  'activity',
  'report',
] as const;
export type WidgetKind = (typeof WIDGET_KINDS)[number];
export type Settings = Readonly<Record<string, string>>;

export interface Placed {
  /** Of this place; a kind may be there twice with other settings. */
  readonly id: string;
  readonly kind: WidgetKind;
  readonly settings: Settings;
}

/** All but reports, which one chooses. */
const AT_FIRST: readonly Placed[] = WIDGET_KINDS.filter((kind) => kind !== 'report').map((kind) => ({
  id: kind,
  kind,
  settings: {},
}));

export interface Layout {
  readonly widgets: readonly Placed[];
  readonly add: (kind: WidgetKind, settings?: Settings) => void;
  readonly remove: (id: string) => void;
  /** From one place to that of another; those between move. */
  readonly move: (from: number, to: number) => void;
  readonly set: (id: string, settings: Settings) => void;
  readonly reset: () => void;
}

export function useLayout(): Layout {
  const [kept, setWidgets, reset] = useLocalStorage<readonly Placed[]>({
    key: 'allot.home',
    defaultValue: AT_FIRST,
    getInitialValueInEffect: false,
  });
  // what an older or newer version kept and this one does not know is left out
  const widgets = kept.filter(({ kind }) => WIDGET_KINDS.includes(kind));
  return {
    widgets,
    add: (kind, settings = {}) => setWidgets([...widgets, { id: crypto.randomUUID(), kind, settings }]),
    remove: (id) => setWidgets(widgets.filter((each) => each.id !== id)),
    move: (from, to) => setWidgets(moved(widgets, from, to)),
    set: (id, settings) => setWidgets(widgets.map((each) => (each.id === id ? { ...each, settings } : each))),
    reset,
  };
}
