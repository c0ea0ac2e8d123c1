/**
 * Proof: two and a half years of WideWorldImporters run through the API in the order of their days, with suppliers,
 * purchase orders and backorders, and every law that a snapshot can show holds after it. The last line is the verdict.
 *
 * What the files hold (2013-01-01 to 2015-06-30), and what is made of it:
 *
 * - 52,161 orders, of which 5,257 only carry what could not be picked of another (backorder_order_id: same day, same
 *   customer; 4,915 orders have one carrier, 168 a chain of two, 2 one of three). An item that could not be picked was
 *   moved there whole: no product stands on an order and on its carrier, and of 164,609 items none is picked in part
 *   and 2,133 are never picked. So 46,904 orders are placed, each with the items of its chain, and the 5,257 links are
 *   kept in them. An item waited in the files when it was not picked on the day of its order.
 * - 6,024 purchase order lines, each received in full, on one day, before its expected day. But 9 of the 227 products
 *   order their whole backlog again every day: 66.9 of the 67.1 million units received of them were never picked, while
 *   242,297 units of the same products still wait at the end. The others were picked far more often than received. So
 *   the stock is worked out from the picking (wwi-plan.ts): 6.1 million units at the opening, and of each receipt what
 *   was picked from it. The rest of such a line is closed, and its units are counted in without it, in a warehouse for
 *   surplus: nothing is lost. With --as-delivered all goes to the shelf as the files say, and hardly anybody waits.
 *
 * Without --ship-all only a tenth of the orders that never waited ships, to end within some ten minutes.
 *
 *   npm run proof:wwi -- [--limit-days N] [--as-delivered] [--ship-all]
 */
import { parseArgs } from 'node:util';
import { startProgress } from '../../src/cli/progress.ts';
import { createClient } from '../../src/contract/client.ts';
import { brokenLaws } from '../support/broken-laws.ts';
import { say } from '../support/options.ts';
import { dataFile, runProof } from './support/proof-data.ts';
import { type ProofNode, withProofNode } from './support/proof-node.ts';
import { differences, findWwi } from './support/wwi-check.ts';
import { cutAfter, readWwi, type WwiData } from './support/wwi-files.ts';
import { planWwi, type WwiPlan } from './support/wwi-plan.ts';
import { type Played, playWwi } from './support/wwi-play.ts';
import { channelsOf, makeWwiShop } from './support/wwi-shop.ts';
import { describeWwi } from './support/wwi-summary.ts';

const DAY_MS = 86_400_000;

interface Options {
  /** 0: all days. */
  readonly limitDays: number;
  readonly asDelivered: boolean;
  readonly shipAll: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      'limit-days': { type: 'string', default: '0' },
      'as-delivered': { type: 'boolean', default: false },
      'ship-all': { type: 'boolean', default: false },
    },
  });
  const limitDays = Number(values['limit-days']);
  if (!Number.isSafeInteger(limitDays) || limitDays < 0)
    throw new Error(`--limit-days must be a whole number, not ${values['limit-days']}`);
  return { limitDays, asDelivered: values['as-delivered'], shipAll: values['ship-all'] };
}

/** The last day to play, `limitDays` calendar days with the first. */
function lastDay({ orders }: WwiData, limitDays: number): string {
  const first = orders.reduce((least, { day }) => (day < least ? day : least), '9999-12-31');
  return new Date(Date.parse(first) + (limitDays - 1) * DAY_MS).toISOString().slice(0, 10);
}

interface Script {
  readonly data: WwiData;
  readonly plan: WwiPlan;
  readonly shipAll: boolean;
}

async function play({ address }: ProofNode, { data, plan, shipAll }: Script): Promise<Played> {
  const client = createClient(address);
  await makeWwiShop(client, data, plan);
  const total = plan.days.reduce((sum, { orders }) => sum + orders.length, 0);
  const progress = startProgress({ label: 'wwi', total, unit: 'orders' });
  try {
    const channels = channelsOf(data.customers);
    return await playWwi({ client, address, progress, channels, shipAll }, plan.days);
  } finally {
    progress.finish();
  }
}

async function main(): Promise<0 | 1> {
  const { limitDays, asDelivered, shipAll } = readOptions();
  const all = await readWwi((name) => dataFile(`wwi_${name}.csv.gz`));
  const data = limitDays === 0 ? all : cutAfter(all, lastDay(all, limitDays));
  const plan = planWwi(data, { asDelivered });
  return await withProofNode('wwi', async (node) => {
    const played = await play(node, { data, plan, shipAll });
    const found = await findWwi(createClient(node.address));
    const failures = [
      ...differences(found, { plan, played, asDelivered }),
      ...(await brokenLaws(node.databaseUrl)),
    ];
    say(describeWwi({ data, plan, played, found }));
    say('');
    for (const line of failures) say(line);
    const verdict = failures.length === 0 ? 'verify clean' : `${failures.length} failures`;
    say(`wwi: ${played.orders} orders, ${found.purchases.lines} purchase order lines, ${verdict}`);
    return failures.length === 0 ? 0 : 1;
  });
}

await runProof(main);
