/**
 * A bulkhead for fills. When a fill fails, its products are filled apart from each other until those are found that fail by
 * themselves; these are set aside, so that nobody else's fill, order or setting meets them, and each is tried again alone
 * with growing pauses until it succeeds. Products tied by orders that are served as a whole are filled together; which of
 * them is to blame is found on trial, since filling one without the others would let lower ranks take what is theirs.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import { inShort, isOwnFault } from '../../db/connection/fault.ts';
import type { Tx } from '../../db/database.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import { lockDueProducts } from '../../db/gate/due-fills.ts';
import { bringBack, readNextAttempt, setAside } from '../../db/set-aside.ts';
import type { App } from './app.ts';
import { FillFailedError, fillingTransaction, fillPage } from './fill-waiting.ts';
import { enter, type Gate, type HeldProducts } from './gate.ts';

/** Products the worker takes at once. */
const PAGE_PRODUCTS = 64;
/** Rounds in which a story may fail at a fill that succeeds when it is done apart. */
const FUTILE_ROUNDS = 5;

/** Tells a story that begins with fills; products of which the fill fails are set aside, and it is told without them. */
export async function besideFailingFills<T>(app: App, story: () => Promise<T>): Promise<T> {
  for (let futile = 0; ; ) {
    try {
      return await story();
    } catch (error) {
      if (!(error instanceof FillFailedError) || futile >= FUTILE_ROUNDS) throw error;
      const found = await fillApart(app, error.products);
      // What fails only within the story is owed nowhere else: all of it is set aside before it is told once more.
      if (found === 0 && futile > 0) await putAside(app, error.products, error.cause);
      futile = found === 0 ? futile + 1 : 0;
    }
  }
}

/**
 * Fills what is due, as the worker does: takes products nobody else is busy with, and one that was set aside.
 * @returns how many products it looked at; 0 when nothing is due
 */
export async function fillDueProducts(app: App): Promise<number> {
  const filled = await fillPageOfDue(app);
  return filled + (await tryAgain(app));
}

async function fillPageOfDue(app: App): Promise<number> {
  let products: readonly ProductId[] = [];
  try {
    await fillTogether(app, async (tx) => {
      await shareConfiguration(tx);
      products = await lockDueProducts(tx, PAGE_PRODUCTS);
      return products;
    });
  } catch (error) {
    if (!isOwnFault(error) || products.length === 0) throw error;
    await fillApart(app, products);
  }
  return products.length;
}

interface Filling {
  readonly triesAgain?: boolean;
  /** What of the gate is filled; all of it when absent. */
  readonly narrow?: (gate: Gate) => Gate;
  /** Nothing of it stays. */
  readonly isTrial?: boolean;
}

/** Ends a trial: what was tried is undone. */
class TriedError extends Error {
  override readonly name = 'TriedError';
}

/** Fills one page of what is owed to these products, with those that must be looked at as well. */
async function fillTogether(
  app: App,
  choose: (tx: Tx) => Promise<readonly ProductId[]>,
  { triesAgain = false, narrow = (gate) => gate, isTrial = false }: Filling = {},
): Promise<void> {
  let held: HeldProducts | undefined;
  do {
    const again = held;
    held = await fillingTransaction(app.db, async (tx) => {
      const about = again?.about ?? (await choose(tx));
      if (about.length === 0) return undefined;
      const beside = again?.beside ?? [];
      const gate = narrow(await enter(app, tx, { about, beside, triesAgain }));
      if (gate.owed.length === 0) return undefined;
      const { alsoNeeded } = await fillPage(gate);
      if (alsoNeeded.length > 0) return { about, beside: [...beside, ...alsoNeeded] };
      if (isTrial) throw new TriedError('tried');
      return undefined;
    });
  } while (held !== undefined);
}

/** Why a fill of these products fails; undefined when it does not. */
async function failureOf(
  app: App,
  products: readonly ProductId[],
  filling: Filling,
): Promise<FillFailedError | undefined> {
  try {
    await fillTogether(app, async () => products, filling);
    return undefined;
  } catch (error) {
    if (error instanceof TriedError) return undefined;
    if (!isOwnFault(error)) throw error;
    return error instanceof FillFailedError ? error : new FillFailedError(products, error);
  }
}

/**
 * Fills a page of these products, apart from each other as far as that is needed.
 * @returns how many were set aside
 */
async function fillApart(app: App, products: readonly ProductId[]): Promise<number> {
  const failed = await failureOf(app, products, {});
  if (failed === undefined) return 0;
  if (products.length === 1) return await blame(app, failed, false);
  const middle = Math.ceil(products.length / 2);
  const first = await fillApart(app, products.slice(0, middle));
  return first + (await fillApart(app, products.slice(middle)));
}

/** Sets aside those of tied products that fail without the others, or all when only together they fail. */
async function blame(
  app: App,
  { products: tied, cause }: FillFailedError,
  triesAgain: boolean,
): Promise<number> {
  const alone: ProductId[] = [];
  for (const product of tied.length > 1 ? tied : []) {
    const narrow = (gate: Gate): Gate => ({
      ...gate,
      owed: gate.owed.filter((each) => each === product),
      setAside: new Map([
        ...gate.setAside,
        ...tied.filter((each) => each !== product).map((each) => [each, gate.now] as const),
      ]),
    });
    if ((await failureOf(app, [product], { triesAgain, narrow, isTrial: true })) !== undefined)
      alone.push(product);
  }
  const found = alone.length > 0 ? alone : tied;
  await putAside(app, found, cause);
  return found.length;
}

async function putAside(app: App, products: readonly ProductId[], error: unknown): Promise<void> {
  await setAside(app.db, { work: 'fill', products, error: inShort(error) });
  app.reportSetAside({ work: 'fill', products, error });
}

/** Tries one product that is set aside and whose pause is over; a page that was served brings it back. */
async function tryAgain(app: App): Promise<number> {
  const product = await readNextAttempt(app.db, 'fill');
  if (product === undefined) return 0;
  let isLeftOut = false;
  const narrow = (gate: Gate): Gate => {
    isLeftOut = gate.setAside.has(product);
    return gate;
  };
  const failed = await failureOf(app, [product], { triesAgain: true, narrow });
  if (failed !== undefined) await blame(app, failed, true);
  else if (!isLeftOut) await bringBack(app.db, 'fill', product);
  return 1;
}
