/** What a stock document does, and the request it becomes. */
import { client } from '../api/client.ts';

export const STOCK_ACTS = ['receive', 'count', 'adjust', 'transfer', 'damage', 'return'] as const;
export type StockAct = (typeof STOCK_ACTS)[number];

export interface StockLine {
  readonly sku: string;
  readonly units: number | undefined;
}

export interface StockForm {
  readonly reference: string;
  readonly warehouse: string;
  /** Where a transfer goes. */
  readonly to: string;
  readonly reason: string;
  readonly lines: readonly StockLine[];
}

/** Lines that say something. */
export function filledLines({ lines }: Pick<StockForm, 'lines'>): { sku: string; units: number }[] {
  return lines.flatMap(({ sku, units }) =>
    sku.trim() === '' || units === undefined ? [] : [{ sku: sku.trim(), units }],
  );
}

/** Whether an act needs a reason to be given. */
export function needsReason(act: StockAct): boolean {
  return act === 'adjust' || act === 'damage';
}

/** Sends it. @throws RefusedError */
export async function sendStock(act: StockAct, form: StockForm, key: string): Promise<unknown> {
  const { reference, warehouse, to } = form;
  const lines = filledLines(form);
  const reason = form.reason.trim();
  const given = reason === '' ? {} : { reason };
  switch (act) {
    case 'receive':
      return await client.must('receiveStock', { key, body: { reference, warehouse, ...given, lines } });
    case 'return':
      return await client.must('returnStock', { key, body: { reference, warehouse, ...given, lines } });
    case 'damage':
      return await client.must('damageStock', { key, body: { reference, warehouse, reason, lines } });
    case 'transfer':
      return await client.must('transferStock', {
        key,
        body: { reference, from: warehouse, to, ...given, lines },
      });
    case 'count': {
      const counted = lines.map(({ sku, units }) => ({ sku, counted: units }));
      return await client.must('countStock', {
        key,
        body: { reference, warehouse, ...given, lines: counted },
      });
    }
    case 'adjust': {
      const changes = lines.map(({ sku, units }) => ({ sku, change: units }));
      return await client.must('adjustStock', {
        key,
        body: { reference, warehouse, reason, lines: changes },
      });
    }
  }
}
