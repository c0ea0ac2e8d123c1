/** An address that leads nowhere. */
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../words/words.tsx';
import { PageHead } from './page-head.tsx';

export function NothingHerePage() {
  const { words } = useLanguage();
  return (
    <>
      <PageHead title={words.nothingHere.title} />
      <p>
        <Link to="/">{words.nothingHere.home}</Link>
      </p>
    </>
  );
}
