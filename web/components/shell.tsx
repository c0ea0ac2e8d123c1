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

const PLACES = [
  { to: '/', name: 'home', icon: IconHome },
  { to: '/orders', name: 'orders', icon: IconShoppingCart },
  { to: '/waiting', name: 'waiting', icon: IconHourglass },
  { to: '/products', name: 'products', icon: IconBox },
  { to: '/inventory', name: 'inventory', icon: IconPackages },
  { to: '/incoming', name: 'incoming', icon: IconTruckDelivery },
  { to: '/rules', name: 'rules', icon: IconRoute },
] as const;
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
        {PLACES.map(({ to, name, icon: Icon }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
            <Icon size={ICON_SIZE} aria-hidden />
            <span className="name">{words.nav[name]}</span>
          </Link>
        ))}
      </nav>
      <main className="content" id="content">
        <Outlet />
      </main>
    </div>
  );
}
