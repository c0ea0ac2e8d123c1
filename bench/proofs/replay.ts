/**
 * Proof: a whole Online Retail file runs through the API, and every law that a snapshot can show holds after it. The
 * file is played by the demo's own code, on a database of its own. The last line is the verdict.
 *
 *   npm run proof:replay -- [--file FILE]
 */
import { parseArgs } from 'node:util';
import { printDemo, runDemo } from '../../src/cli/demo.ts';
import { brokenLaws } from '../support/broken-laws.ts';
import { dataFile, runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({ options: { file: { type: 'string' } } });
  const path = dataFile('online_retail.csv.gz', values.file);
  return await withProofNode('replay', async ({ address, databaseUrl }) => {
    const result = await runDemo({ orders: path }, { address });
    const broken = await brokenLaws(databaseUrl);
    printDemo(result);
    say('');
    const { units, orders, file } = result;
    const parts =
      units.atOnce + units.later + units.waiting + units.unfillable + units.onHold + units.cancelledUnserved;
    if (parts !== units.ordered) broken.push(`units do not add up: ${parts} of ${units.ordered}`);
    if (orders.refused > 0) broken.push(`${orders.refused} orders were refused, although all may wait`);
    for (const line of broken) say(line);
    say(
      `replay: ${file?.rows ?? 0} lines, ${broken.length === 0 ? 'verify clean' : `${broken.length} failures`}`,
    );
    return broken.length === 0 ? 0 : 1;
  });
}

await runProof(main);
