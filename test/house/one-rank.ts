/**
 * One rank: who comes first in a queue, and what stands in it, is spelt in core/allocation/queue-policy, core/orders/buckets
 * and db/rank alone. Statements of laws are written apart on purpose, since they check the others; migrations never change.
 */
import { type Breach, isTest, lineAt, type SourceFile } from './source-files.ts';

const MAY_SPELL = [
  'src/core/allocation/queue-policy.ts',
  'src/core/orders/buckets.ts',
  'src/db/rank.ts',
  'src/laws/',
  'src/db/schema/migrations/',
];

const SPELLINGS: readonly { readonly pattern: RegExp; readonly rule: string; readonly instead: string }[] = [
  {
    pattern: /\bbackordered\s*\+\s*(?:\w+\.)*preordered\s*\+\s*(?:\w+\.)*unfillable\b/g,
    rule: 'the unserved units are added up by hand',
    instead: 'ask unserved() of core/orders/buckets, or of db/rank in SQL',
  },
  {
    pattern: /-\s*(?:\w+\.)?priority\b[\s)]*,\s*(?:\w+\.)?waiting_since\b/g,
    rule: 'the rank is written out in SQL',
    instead: 'use inRankOrder, rankOfItem or comesAfter of db/rank',
  },
  {
    pattern: /order by[^`;]{0,80}\bwaiting_since\b/gi,
    rule: 'items are put in order by a rank of its own',
    instead: 'use inRankOrder of db/rank',
  },
  {
    pattern: /\blast_(?:priority|since)\b/g,
    rule: 'the rank of a block is written out',
    instead: 'use blockRank, lastBlockFirst or endOfBlock of db/rank',
  },
  {
    pattern: /\b(?:priority|waitingSince)\s*(?:-|<=?|>=?)\s*\w+(?:\.\w+)*\.(?:priority|waitingSince)\b/g,
    rule: 'ranks are compared by hand',
    instead: 'ask compareRank of core/allocation/queue-policy',
  },
];

export function otherSpellings(files: readonly SourceFile[]): Breach[] {
  return files
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .filter(({ path }) => !MAY_SPELL.some((place) => path.startsWith(place)))
    .flatMap((file) => {
      const code = withoutComments(file.text);
      return SPELLINGS.flatMap(({ pattern, rule, instead }) =>
        [...code.matchAll(pattern)].map(({ index }) => ({
          file: file.path,
          line: lineAt(code, index),
          rule,
          instead,
        })),
      );
    });
}

/** Comments may say it; their lines stay, so that those of the code keep their numbers. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}
