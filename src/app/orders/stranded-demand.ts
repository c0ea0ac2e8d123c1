/**
 * Stock that lies free beside somebody who waits, with the reason. At rest there is none without one: a rule keeps it back,
 * no warehouse that has it serves the channel, the order ships complete. A reader who knows the reason can change it.
 */
import type { AnswerOf } from '../../contract/operations.ts';
import { readStranded } from '../../reads/sourcing/stranded-demand.ts';
import type { App } from '../frame/app.ts';
import { explainItem } from './explain-item.ts';

type Stranded = AnswerOf<'listStrandedDemand'>['rows'][number];

export async function listStrandedDemand(app: App, limit: number): Promise<Stranded[]> {
  const rows = await readStranded(app.db, limit);
  const stranded: Stranded[] = [];
  for (const { orderId, orderNumber, line, ...row } of rows) {
    const first =
      orderId === null || orderNumber === null || line === null ? null : { orderId, orderNumber, line };
    const explained =
      first === null ? undefined : await explainItem(app, { order: first.orderId, line: first.line });
    stranded.push({ ...row, first, why: explained?.now ?? null });
  }
  return stranded;
}
