/** The documentation of reports says what the registries say; `npx vitest run test/house -u` writes it anew. */
import { expect, test } from 'vitest';
import { DIMENSION_IDS, DIMENSIONS, type Dimension } from '../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS, MEASURES, SUBJECTS } from '../../src/contract/reports/report-measures.ts';

/** One line of a table: a pipe would part it. */
function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
}

function measuresOf(subject: (typeof SUBJECTS)[number]): string[] {
  const ids = MEASURE_IDS.filter((id) => MEASURES[id].subject === subject);
  return [
    `## ${subject.replaceAll('_', ' ')}`,
    '',
    row('measure', 'what it means', 'formula', 'kind', 'as of the past'),
    row('---', '---', '---', '---', '---'),
    ...ids.map((id) => {
      const { definition, formula, kind, past } = MEASURES[id];
      return row(`\`${id}\``, definition, formula, kind, past ? 'yes' : 'no');
    }),
    '',
  ];
}

test('docs/reports.md has every measure and dimension', async () => {
  const lines = [
    '# Measures and dimensions of reports',
    '',
    'Kinds: `units` and `count` add up; `money` adds up within a currency; `distinct`, `days` and `share` do not.',
    'Days are days in UTC. A report groups days by day, week (from Monday), month, quarter or year.',
    '',
    ...SUBJECTS.flatMap(measuresOf),
    '## Dimensions',
    '',
    row('dimension', 'what it means', 'of'),
    row('---', '---', '---'),
    ...DIMENSION_IDS.map((id) => {
      const { definition, subjects }: Dimension = DIMENSIONS[id];
      return row(`\`${id}\``, definition, subjects.join(', '));
    }),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../../docs/reports.md');
});
