/** Why stock that lies free is not given to the first in line: said when somebody asks, since the words of it are many. */
import type { Standing } from '../../src/contract/sourcing/explanations.ts';
import { standingSentences } from '../../src/words/explain.ts';
import { useLanguage } from '../words/words.tsx';

export function StrandedWhy({ standing }: { readonly standing: Standing }) {
  const language = useLanguage();
  // the first sentence only says how many wait, which stands above already
  return standingSentences(standing, language.words.explanation, language).slice(1).join(' ');
}
