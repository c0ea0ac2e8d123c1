/**
 * Cancels units that have not shipped. What waits goes first and frees no stock; then allocated units, of which
 * exactly those are freed and serve the next in line.
 */
import type { BodyOf } from '../../contract/operations.ts';
import { DONE, refuse } from '../../core/kernel/refusal.ts';
import { cancellable, cancelUnits, type OrderItem } from '../../core/orders/order-item.ts';
import type { App } from '../frame/app.ts';
import type { ItemChange } from '../frame/record-changes.ts';
import { itemNotFound } from '../frame/refusals.ts';
import { changeOrderAtGate, type OrderAtGate, type OrderCall, recordOrderChanges } from './order-at-gate.ts';

export function cancelOrder(app: App, call: OrderCall<BodyOf<'cancelOrder'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    const wishes = body.items ?? everything(at);
    const changes: ItemChange[] = [];
    for (const { line, units } of wishes) {
      const item = at.itemOf(line);
      if (item === undefined) return itemNotFound(id, line);
      const most = cancellable(item.buckets, at.allocationsOf(item.line));
      if (units > most) {
        return refuse(
          'too_many_units',
          `Of line ${line} at most ${most} units can be cancelled, not ${units}`,
          {
            line,
            units,
            cancellable: most,
          },
        );
      }
      changes.push(cancellation(at, item, { units, reason: body.reason }));
    }
    if (changes.length === 0) {
      return refuse('nothing_to_cancel', `Order ${id} has no unit that can still be cancelled`, {
        orderId: id,
      });
    }
    await recordOrderChanges(at, changes, `cancel/${id}`);
    return DONE;
  });
}

function everything(at: OrderAtGate): { line: number; units: number }[] {
  return at.items
    .map((item) => ({ line: item.line, units: cancellable(item.buckets, at.allocationsOf(item.line)) }))
    .filter((each) => each.units > 0);
}

/** The change that cancels `units` of an item; also how a quantity is lowered. */
export function cancellation(
  at: OrderAtGate,
  item: OrderItem,
  { units, reason }: { readonly units: number; readonly reason: string | null },
): ItemChange {
  const { change, releases } = cancelUnits(item, at.allocationsOf(item.line), units);
  return {
    item,
    change,
    held: releases.map((each) => ({ warehouse: each.warehouse, open: -each.units })),
    cause: 'cancelled',
    reference: null,
    explanation: reason === null ? {} : { reason },
  };
}
