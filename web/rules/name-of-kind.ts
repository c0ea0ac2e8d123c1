/** What a filter or strategy is called; its own name where this version has no words for it. */
import type { Words } from '../words/en/en.ts';

export function nameOfKind({ rules }: Words, kind: string): string {
  const named = Object.entries(rules.kinds).find(([name]) => name === kind);
  return named?.[1] ?? kind.replaceAll('_', ' ');
}
