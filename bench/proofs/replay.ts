/**
 * Proof: a whole Online Retail file runs through the API, and every law that a snapshot can show holds after it. The
 * file is played by the demo's own code, on a database of its own. The last line is the verdict.
 *
 *   npm run proof:replay -- [--file FILE]
 */
import { parseArgs } from 'node:util';
import { verify } from '../../src/app/verify.ts';
import { printDemo, runDemo } from '../../src/cli/demo.ts';
import { startProgress } from '../../src/cli/progress.ts';
import { openDatabase } from '../../src/db/database.ts';
import { dataFile, runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is broken, one line for each law; none when clean. */
async function brokenLaws(databaseUrl: string): Promise<string[]> {
  const db = openDatabase({ url: databaseUrl });
  const progress = startProgress({ label: 'verify', total: 0, unit: 'checks' });
  try {
    const { ok, checks } = await verify(db, { onCheck: () => progress.advance() });
    const broken = checks.filter(({ violations }) => violations > 0);
    if (!ok && broken.length === 0) return ['verify is not content and does not say why'];
    return broken.map(
      ({ law, what, violations, examples }) =>
        `${law}: ${what}: ${violations} violations, such as ${JSON.stringify(examples[0])}`,
    );
  } finally {
    progress.finish();
    await db.destroy();
  }
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
