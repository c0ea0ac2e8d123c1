/**
 * Acting at the gate. Before an act, every fill that earlier acts left owing to its products is done, page by page,
 * each page in its own transaction. So history is serial per product and does not depend on how quick the fill
 * worker is: whoever was waiting when stock came in is served before whoever comes later. A product whose fill fails is
 * set aside (fill-apart), and the act goes on with nothing of that product to give.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Tx } from '../../db/database.ts';
import { readDueProducts } from '../../db/gate/due-fills.ts';
import type { App } from './app.ts';
import { besideFailingFills } from './fill-apart.ts';
import { fillingTransaction, fillPage } from './fill-waiting.ts';
import { enter, type Gate, type HeldProducts, MoreProductsError } from './gate.ts';

type Step<T> = { readonly value: T } | { readonly alsoNeeded: readonly ProductId[] };

export interface Entering<T> {
  readonly products: readonly ProductId[];
  /** Sent first of all in each transaction, before any lock is asked for; what it answers ends the act. */
  readonly first?: (tx: Tx) => Promise<T | undefined>;
}

/** Acts on the given products once nothing is owed to them. The act runs in one transaction, as often as needed. */
export async function atGate<T>(
  app: App,
  { products, first = async () => undefined }: Entering<T>,
  act: (gate: Gate) => Promise<T>,
): Promise<T> {
  return await besideFailingFills(app, async () => {
    let beside: readonly ProductId[] = [];
    for (;;) {
      const held = { about: products, beside };
      const step = await orMoreProducts<Step<T>>(() =>
        fillingTransaction(app.db, async (tx) => {
          const [said, gate] = await Promise.all([first(tx), enter(app, tx, held)]);
          if (said !== undefined) return { value: said };
          return gate.owed.length === 0 ? { value: await act(gate) } : await fillPage(gate);
        }),
      );
      if ('value' in step) return step.value;
      beside = withAll(beside, step.alsoNeeded);
    }
  });
}

/**
 * Serves what is owed to these products within a transaction that goes on afterwards; answers with their gate. When more
 * products are needed it throws: they can no longer be locked in order.
 */
export async function settleWithin(app: App, tx: Tx, held: HeldProducts): Promise<Gate> {
  for (;;) {
    const gate = await enter(app, tx, held);
    if (gate.owed.length === 0) return gate;
    const { alsoNeeded } = await fillPage(gate);
    if (alsoNeeded.length > 0) throw new MoreProductsError(alsoNeeded);
  }
}

/**
 * The same for all products to which a fill is owed. Only for who owns the configuration: nobody else then holds a product
 * and waits for another, so that these may be locked as they are found.
 */
export async function settleAll(app: App, tx: Tx): Promise<void> {
  const about = await readDueProducts(tx);
  let beside: readonly ProductId[] = [];
  for (;;) {
    const held = { about, beside };
    const step = await orMoreProducts<Step<Gate>>(async () => ({ value: await settleWithin(app, tx, held) }));
    if ('value' in step) return;
    beside = withAll(beside, step.alsoNeeded);
  }
}

/** What `run` answers with, or the products that it could not do without. */
async function orMoreProducts<T>(
  run: () => Promise<T>,
): Promise<T | { readonly alsoNeeded: readonly ProductId[] }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof MoreProductsError) return { alsoNeeded: error.products };
    throw error;
  }
}

function withAll(held: readonly ProductId[], more: readonly ProductId[]): ProductId[] {
  return [...new Set([...held, ...more])];
}
