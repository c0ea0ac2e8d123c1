/**
 * What an order would get: decided by the rule that decides orders, on a snapshot and without any trace. Each product is
 * asked for by itself; what would wait stands at the end of its queue.
 */
import type { AnswerOf, BodyOf } from '../../contract/operations.ts';
import { type DecidedLine, decideOrder } from '../../core/allocation/decide-order.ts';
import { unknownOrder } from '../../core/allocation/order-attributes.ts';
import type { Wish } from '../../core/allocation/source-units.ts';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import { lineNumber, orderId, type ProductId } from '../../core/kernel/ids.ts';
import { quantity } from '../../core/kernel/quantity.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { type Instant, instant, isoInstant } from '../../core/kernel/time.ts';
import type { PromiseSlice } from '../../core/promises/promise.ts';
import { onSnapshot } from '../../db/database.ts';
import type { AvailableUnits } from '../../db/inventory.ts';
import type { QueueRank } from '../../db/orders/queue-blocks.ts';
import type { App } from '../frame/app.ts';
import { channelByCode } from '../frame/by-code.ts';
import { outlooksOf, pegAhead, readSupply, type SupplyRows, waitingSlices } from '../frame/outlook.ts';
import { type Opened, openReader, type Reader, readRules } from '../frame/reader.ts';
import { channelDisabled, refuseUnknownSkus } from '../frame/refusals.ts';
import { worldOf } from '../frame/world/decision-world.ts';
import { loadWaitingUses } from '../frame/world/waiting-uses.ts';

type Quote = AnswerOf<'quote'>;
type QuotedLine = Quote['lines'][number];

export async function quote(app: App, body: BodyOf<'quote'>): Promise<Outcome<Quote>> {
  const ids = await app.productIds.find(body.lines.map(({ sku }) => sku));
  const products = [...new Set(ids.values())];
  return await onSnapshot(app.db, async (tx) => {
    const [reader, supply] = await Promise.all([openReader(app, tx, products), readSupply(tx, products)]);
    const found = channelByCode(reader, body.channel);
    if (!found.ok) return found;
    const channel = found.value;
    if (!channel.enabled) return channelDisabled(channel.code);
    const known = refuseUnknownSkus(
      body.lines.map(({ sku }) => sku),
      ids,
    );
    if (!known.ok) return known;
    const [free, rules] = await Promise.all([freeUnits(reader, supply), readRules(app, reader)]);
    const world = worldOf(reader, free, rules);
    const positions = new Map(reader.positions.map((each) => [each.product, each]));
    const uses = products.map((product) => ({ product, channel: channel.id, customer: null }));
    await loadWaitingUses({ tx, world, positions }, uses);
    const decided = body.lines.flatMap(({ sku, quantity: units }) => {
      const product = ids.get(sku);
      if (product === undefined) return [];
      const demand = wishOf(product, units, reader.now);
      const attributes = { ...unknownOrder(), items: 1, units };
      const decision = decideOrder({ ...GUEST, channel, attributes, demands: [demand] }, world);
      const line = decision.accepted ? decision.lines[0] : undefined;
      return line === undefined ? [] : [{ sku, product, line }];
    });
    const slices = await waitingParts({ reader, supply, channel }, decided);
    const lines = decided.map(({ sku, product, line }) =>
      quotedLine(sku, line, { channel, later: slices.get(product) ?? [] }),
    );
    return { ok: true, value: { channel: body.channel, quotedAt: isoInstant(reader.now), lines } };
  });
}

function wishOf(product: ProductId, units: number, now: Instant): Wish {
  return {
    line: lineNumber(1),
    product,
    units: quantity(units),
    rejectedBy: [],
    waitingSince: now,
    quantity: units,
    unitPrice: 0,
    waitsAs: null,
  };
}

/** Decided for nobody in particular; what may not wait is told, not refused. */
const GUEST = {
  customer: null,
  whole: false,
  lacksOthers: false,
  insist: true,
  onHold: false,
  waitingAlready: () => 0,
} as const;

/** What is free beyond what is owed: where a fill is due, those who wait take theirs first. */
async function freeUnits(reader: Opened, supply: SupplyRows): Promise<readonly AvailableUnits[]> {
  const { available } = supply;
  const owed = reader.positions.filter(({ fillDue }) => fillDue).map(({ product }) => product);
  if (owed.length === 0) return available;
  const outlooks = outlooksOf(reader, owed, supply);
  const ranks = owed.map((product) => endOfQueue(product, reader.now));
  const peggings = await pegAhead(reader, outlooks, ranks);
  const everywhere = new Set(reader.configuration.warehouses.keys());
  const left = owed.flatMap((product, index) =>
    (peggings[index]?.left(everywhere) ?? [])
      .filter(({ supply }) => supply.source === 'stock')
      .map(({ supply, units }) => ({ product, warehouse: supply.warehouse, units })),
  );
  return [...available.filter(({ product }) => !owed.includes(product)), ...left];
}

/** Where a new order of usual priority would stand. */
function endOfQueue(product: ProductId, now: Instant): QueueRank {
  return {
    product,
    priority: 0,
    waitingSince: now,
    order: orderId(Number.MAX_SAFE_INTEGER),
    line: lineNumber(1),
  };
}

/** Behind everyone who waits. */
export function lastInQueue(product: ProductId): QueueRank {
  return { ...endOfQueue(product, instant(0)), priority: -1_000 };
}

interface Decided {
  readonly sku: string;
  readonly product: ProductId;
  readonly line: DecidedLine;
}

function waits({ line: { change } }: Decided): number {
  return change.backordered + change.preordered;
}

/** When the parts that would wait come, by product; what would be allocated now is taken before. */
async function waitingParts(
  {
    reader,
    supply,
    channel,
  }: { readonly reader: Reader; readonly supply: SupplyRows; readonly channel: SalesChannel },
  decided: readonly Decided[],
): Promise<Map<ProductId, PromiseSlice[]>> {
  const waiting = decided.filter((each) => waits(each) > 0);
  if (waiting.length === 0) return new Map();
  const products = waiting.map(({ product }) => product);
  const outlooks = outlooksOf(reader, products, supply);
  const ranks = waiting.map(({ product }) => endOfQueue(product, reader.now));
  const peggings = await pegAhead(reader, outlooks, ranks);
  const slices = new Map<ProductId, PromiseSlice[]>();
  for (const [index, each] of waiting.entries()) {
    const outlook = outlooks.get(each.product);
    const pegging = peggings[index];
    if (outlook === undefined || pegging === undefined) continue;
    for (const { warehouse, units } of each.line.fills)
      pegging.take({ units, warehouses: new Set([warehouse]) });
    const item = {
      order: orderId(Number.MAX_SAFE_INTEGER),
      line: 1,
      product: each.product,
      channel: channel.id,
      kind: each.line.kind,
      rejectedBy: [],
      excluded: [],
      bought: false,
      units: waits(each),
    };
    slices.set(each.product, waitingSlices(reader, item, { outlook, pegging }));
  }
  return slices;
}

function quotedLine(
  sku: string,
  { change, explanation }: DecidedLine,
  { channel, later }: { readonly channel: SalesChannel; readonly later: readonly PromiseSlice[] },
): QuotedLine {
  return {
    sku,
    accepted: change.unfillable === 0 || channel.acceptance === 'accept_always',
    now: change.allocated,
    later: [...later],
    refused: change.unfillable,
    bar: change.unfillable === 0 ? null : (explanation.waiting?.bar ?? null),
  };
}
