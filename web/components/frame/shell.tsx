/** The frame of every page: where one can go, whether what is shown is live, and the content. */
import { Button } from '@mantine/core';
import {
  IconBox,
  IconBuildingWarehouse,
  IconChartBar,
  IconClipboardList,
  IconDots,
  IconFileImport,
  IconHome,
  IconHourglass,
  IconPackages,
  IconRoute,
  IconSettings,
  IconShoppingCart,
  IconTruck,
  IconTruckDelivery,
  IconWorldStar,
} from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useLive } from '../../api/live.ts';
import { classes } from '../../classes.ts';
import { useLanguage } from '../../words/words.tsx';
import { FoldOut } from './fold-out.tsx';
import { Palette } from './palette.tsx';
import { PLACES, PLACES_IN_BAR } from './places.ts';
import styles from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

const ICONS = {
  home: IconHome,
  orders: IconShoppingCart,
  waiting: IconHourglass,
  products: IconBox,
  inventory: IconPackages,
  incoming: IconTruckDelivery,
  purchasing: IconClipboardList,
  suppliers: IconTruck,
  rules: IconRoute,
  reports: IconChartBar,
  channels: IconWorldStar,
  warehouses: IconBuildingWarehouse,
  import: IconFileImport,
  settings: IconSettings,
};
const ICON_SIZE = 18;

export function Shell() {
  const { words } = useLanguage();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {words.nav.skip}
      </a>
      <nav className={styles.side} aria-label={words.nav.main}>
        <span className={styles.brand}>Allot</span>
        <Palette />
        {PLACES.map(({ to, name }, index) => {
          const Icon = ICONS[name];
          return (
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              className={classes(index >= PLACES_IN_BAR && styles.further)}
            >
              <Icon size={ICON_SIZE} aria-hidden />
              <span className={styles.name}>{words.nav[name]}</span>
            </Link>
          );
        })}
        <More />
      </nav>
      <Shortcuts />
      <div className={styles.content}>
        <Lost />
        <main id="content">
          <Outlet />
        </main>
      </div>
    </div>
  );
}

/** On a phone: the places that do not fit into the bar. */
function More() {
  const { words } = useLanguage();
  return (
    <FoldOut
      className={styles.more}
      label={
        <>
          <IconDots size={ICON_SIZE} aria-hidden />
          <span className={styles.name}>{words.nav.more}</span>
        </>
      }
    >
      {PLACES.slice(PLACES_IN_BAR).map(({ to, name }) => {
        const Icon = ICONS[name];
        return (
          <Link key={to} to={to} activeOptions={{ includeSearch: false }}>
            <Icon size={ICON_SIZE} aria-hidden />
            {words.nav[name]}
          </Link>
        );
      })}
    </FoldOut>
  );
}

/** Said while there is no connection, and gone by itself when there is one again. */
function Lost() {
  const { words, clock } = useLanguage();
  const { lostAt } = useLive();
  return (
    <div role="status">
      {lostAt !== undefined && (
        <div className={styles.lost}>
          {words.nav.lost(clock(lostAt))}{' '}
          <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
            {words.problem.again}
          </Button>
        </div>
      )}
    </div>
  );
}
