/** Home: what waits, what arrives, what came in, in widgets that each viewer arranges. Every figure leads to its rows. */
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Choice } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { Empty } from '../components/states.tsx';
import { AgeWidget } from '../home/age-widget.tsx';
import { FillRatesWidget } from '../home/fill-rates-widget.tsx';
import styles from '../home/home.module.css';
import { type Layout, type Placed, useLayout, WIDGET_KINDS, type WidgetKind } from '../home/layout.ts';
import {
  ActivityWidget,
  ArrivingWidget,
  LatestWidget,
  LateWidget,
  ProductsWidget,
} from '../home/list-widgets.tsx';
import { ReportWidget } from '../home/report-widget.tsx';
import { SetAsideNotice } from '../home/set-aside-notice.tsx';
import { StatusWidget } from '../home/status-widget.tsx';
import { StrandedWidget } from '../home/stranded-widget.tsx';
import { ArrangingProvider } from '../home/widget.tsx';
import { useLanguage } from '../words/words.tsx';

const WIDGETS: Readonly<Record<WidgetKind, () => ReactNode>> = {
  status: StatusWidget,
  stranded: StrandedWidget,
  age: AgeWidget,
  products: ProductsWidget,
  arriving: ArrivingWidget,
  late: LateWidget,
  fillRates: FillRatesWidget,
  latest: LatestWidget,
  activity: ActivityWidget,
  report: ReportWidget,
};

/** Columns of widgets, each as high as its own. */
const COLUMNS = [0, 1];

export function HomePage() {
  const { words } = useLanguage();
  const [isArranging, { toggle }] = useDisclosure();
  const layout = useLayout();
  const { widgets } = layout;
  return (
    <>
      <PageHead title={words.home.title} sentence={words.home.levels}>
        <Group gap="xs">
          {isArranging && <Arranging layout={layout} />}
          <Button variant={isArranging ? 'filled' : 'default'} onClick={toggle} aria-pressed={isArranging}>
            {isArranging ? words.home.arranged : words.home.arrange}
          </Button>
        </Group>
      </PageHead>
      <SetAsideNotice />
      {widgets.length === 0 && <Empty>{words.home.noWidgets}</Empty>}
      <div className={styles.columns}>
        {COLUMNS.map((column) => (
          <div key={column} className={styles.column}>
            {widgets.map((placed, place) =>
              place % COLUMNS.length === column ? (
                <Standing
                  key={placed.id}
                  placed={placed}
                  place={place}
                  layout={layout}
                  isArranging={isArranging}
                />
              ) : null,
            )}
          </div>
        ))}
      </div>
    </>
  );
}

/** What one can do with all widgets while one arranges. */
function Arranging({ layout: { add, reset } }: { readonly layout: Layout }) {
  const { words } = useLanguage();
  return (
    <>
      <Choice
        label={words.home.addWidget}
        any={words.home.addWidget}
        value=""
        choose={(value) => {
          const kind = WIDGET_KINDS.find((each) => each === value);
          if (kind !== undefined) add(kind);
        }}
        options={WIDGET_KINDS.map((kind) => ({ value: kind, label: words.home.kinds[kind] }))}
      />
      <Button variant="default" onClick={reset}>
        {words.home.reset}
      </Button>
    </>
  );
}

interface StandingProps {
  readonly placed: Placed;
  readonly place: number;
  readonly layout: Layout;
  readonly isArranging: boolean;
}

/** A widget in its place; where there is one column only, places count from top to bottom. */
function Standing({ placed, place, layout, isArranging }: StandingProps) {
  const { id, kind, settings } = placed;
  const Shown = WIDGETS[kind];
  const arranging = {
    isArranging,
    place,
    count: layout.widgets.length,
    settings,
    set: (next: typeof settings) => layout.set(id, next),
    move: layout.move,
    remove: () => layout.remove(id),
  };
  return (
    <div style={{ order: place }}>
      <ArrangingProvider value={arranging}>
        <Shown />
      </ArrangingProvider>
    </div>
  );
}
