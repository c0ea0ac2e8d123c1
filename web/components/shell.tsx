/** The frame of every page: where one can go, and the content. */
import {
  IconBox,
  IconHome,
  IconHourglass,
  IconPackages,
  IconRoute,
  IconShoppingCart,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useLanguage } from '../words/words.tsx';
import { PLACES } from './places.ts';
import { Shortcuts } from './shortcuts.tsx';

const ICONS = {
  home: IconHome,
  orders: IconShoppingCart,
  waiting: IconHourglass,
  products: IconBox,
  inventory: IconPackages,
  incoming: IconTruckDelivery,
  rules: IconRoute,
};
const ICON_SIZE = 18;

export function Shell() {
  const { words } = useLanguage();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {words.nav.skip}
      </a>
      <nav className="side" aria-label={words.nav.main}>
        <span className="brand">Allot</span>
        {PLACES.map(({ to, name }) => {
          const Icon = ICONS[name];
          return (
            <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
              <Icon size={ICON_SIZE} aria-hidden />
              <span className="name">{words.nav[name]}</span>
            </Link>
          );
        })}
      </nav>
      <Shortcuts />
      <main className="content" id="content">
        <Outlet />
      </main>
    </div>
  );
}
