/**
 * When will it really come? The day a supplier quotes is judged by what suppliers did before (core/supply/slip): the
 * likely day is the one by which the chosen share of such orders had arrived, and the likely percent is how much
 * of them arrived at all. It is learned again from all receipts from time to time (purchasing/learn-from-receipts.ts) and
 * kept in the database, so that every node says the same.
 */
import { present } from '../../../core/kernel/assert.ts';
import type { ProductId, SupplierId } from '../../../core/kernel/ids.ts';
import { addDays, daysBetween, type LocalDate, later, localDate } from '../../../core/kernel/time.ts';
import { type SlipModel, slipsOf } from '../../../core/supply/slip.ts';
import { type YieldModel, yieldsOf } from '../../../core/supply/yield.ts';
import type { Tx } from '../../../db/database.ts';
import { readClock } from '../../../db/gate/clock.ts';
import { lockPositions } from '../../../db/gate/product-positions.ts';
import {
  type PurchaseOrderRow,
  type QuotedDate,
  setLikelyDates,
} from '../../../db/supply/purchase-orders.ts';
import { type OpenQuote, openQuotes, readSupplierRecord } from '../../../db/supply/supplier-record.ts';
import type { Supplier } from '../../../db/supply/suppliers.ts';
import type { Gate } from '../gate.ts';

/** What was learned from receipts. */
export interface SupplierRecord {
  readonly slip: SlipModel;
  readonly yield: YieldModel;
}

interface Question {
  readonly supplier: SupplierId;
  readonly product: ProductId;
  readonly expectedOn: LocalDate;
  readonly today: LocalDate;
  /** Percent. */
  readonly confidence: number;
}

type Judged = Pick<QuotedDate, 'likelyOn' | 'likelyPercent' | 'likelyRecords'>;

/** The quoted day as it stands when nothing was learned; never a day in the past. */
function judgeBy(record: SupplierRecord | undefined): (question: Question) => Judged {
  if (record === undefined) {
    return ({ expectedOn, today }) => ({
      likelyOn: later(expectedOn, today),
      likelyPercent: 100,
      likelyRecords: 0,
    });
  }
  const slips = slipsOf(record.slip);
  const yields = yieldsOf(record.yield);
  return (question) => {
    const { expectedOn, today, confidence } = question;
    const overdue = daysBetween(expectedOn, today);
    const asked = { path: pathOf(question), confidence: confidence / 100 };
    const slip = slips(overdue > 0 ? { ...asked, overdueBy: overdue } : asked);
    return {
      likelyOn: later(addDays(expectedOn, slip.days), today),
      likelyPercent: Math.round(yields(asked).share * 100),
      likelyRecords: slip.records,
    };
  };
}

interface PlacedWithSupplier {
  readonly gate: Gate;
  readonly order: Pick<PurchaseOrderRow, 'lines'>;
  readonly supplier: Supplier;
}

/** Quoted days of an order's lines with the likely ones. */
export async function judgeDates(
  { gate, order, supplier }: PlacedWithSupplier,
  quotes: readonly { readonly line: number; readonly expectedOn: LocalDate }[],
): Promise<QuotedDate[]> {
  const judge = judgeBy(await readSupplierRecord<SupplierRecord>(gate.tx));
  return quotes.map(({ line, expectedOn }) => {
    const { product, warehouse } = present(
      order.lines.find((each) => each.line === line),
      'every line was looked up',
    );
    const zone = gate.configuration.warehouses.get(warehouse)?.timeZone ?? supplier.timeZone;
    const today = localDate(gate.now, zone);
    const confidence = gate.configuration.promiseConfidence;
    const judged = judge({ supplier: supplier.id, product, expectedOn, today, confidence });
    return { line, expectedOn, ...judged };
  });
}

/**
 * Judges the days of everything that is on its way again. What is to change is looked at again once its products are
 * held; what moves only meanwhile is judged the next time. @returns products of which a day or share changed
 */
export async function judgeOpenLines(tx: Tx, confidence: number): Promise<ProductId[]> {
  const held = new Set<ProductId>();
  for await (const lines of movedLines(tx, confidence)) for (const { product } of lines) held.add(product);
  await lockPositions(tx, [...held]);
  const products = new Set<ProductId>();
  for await (const lines of movedLines(tx, confidence)) {
    const moved = lines.filter(({ product }) => held.has(product));
    await setLikelyDates(tx, moved);
    for (const { product } of moved) products.add(product);
  }
  return [...products];
}

/** Lines on their way of which the likely day or share is another one now, page by page. */
async function* movedLines(tx: Tx, confidence: number): AsyncGenerator<(OpenQuote & Judged)[]> {
  const [{ now }, record] = await Promise.all([readClock(tx), readSupplierRecord<SupplierRecord>(tx)]);
  const judge = judgeBy(record);
  for await (const open of openQuotes(tx)) {
    yield open.flatMap((line) => {
      const today = localDate(now, line.timeZone);
      const judged = judge({ ...line, today, confidence });
      const same = judged.likelyOn === line.likelyOn && judged.likelyPercent === line.likelyPercent;
      return same && judged.likelyRecords === line.likelyRecords ? [] : [{ ...line, ...judged }];
    });
  }
}

/** What suppliers did before is learned by supplier, and for each product of it where there is enough. */
export function pathOf({
  supplier,
  product,
}: {
  readonly supplier: SupplierId;
  readonly product: ProductId;
}): string[] {
  return [`${supplier}`, `${product}`];
}
