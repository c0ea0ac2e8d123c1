/**
 * Acting at the gate. Before an act, every fill that earlier acts left owing to its products is done, page by page,
 * each page in its own transaction. So history is serial per product and does not depend on how quick the fill
 * worker is: whoever was waiting when stock came in is served before whoever comes later.
 */
import type { ProductId } from '../core/kernel/ids.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import type { App } from './app.ts';
import { type FillPage, fillPage } from './fill-waiting.ts';
import { enter, type Gate } from './gate.ts';

type Step<T> = { readonly value: T } | { readonly againWith: readonly ProductId[] };

/** Acts on the given products once nothing is owed to them. The act runs in one transaction, as often as needed. */
export async function atGate<T>(
  app: App,
  products: readonly ProductId[],
  act: (gate: Gate) => Promise<T>,
): Promise<T> {
  let wanted = products;
  for (;;) {
    const locked = wanted;
    const step: Step<T> = await inTransaction(app.db, async (tx) => {
      const gate = await enter(app, tx, locked);
      if (gate.owed.length === 0) return { value: await act(gate) };
      return { againWith: withAll(locked, await fillPage(gate)) };
    });
    if ('value' in step) return step.value;
    wanted = step.againWith;
  }
}

/** Serves what is owed to these products within a transaction that goes on afterwards; answers with their gate. */
export async function settleWithin(app: App, tx: Tx, products: readonly ProductId[]): Promise<Gate> {
  let held = products;
  for (;;) {
    const gate = await enter(app, tx, held);
    if (gate.owed.length === 0) return gate;
    held = withAll(held, await fillPage(gate));
  }
}

function withAll(held: readonly ProductId[], { alsoNeeded }: FillPage): ProductId[] {
  return [...new Set([...held, ...alsoNeeded])];
}
