/**
 * The life of a purchase order after its draft: sent, confirmed, quoted another day, closed for what will not come,
 * cancelled. Each is one act at the gate of its products, with one event, and promises follow.
 */
import type { BodyOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import { present } from '../../core/kernel/assert.ts';
import { checkAll, DONE, type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import { type LocalDate, localDate, localDateFrom } from '../../core/kernel/time.ts';
import { afterOpenDays, openDayFrom } from '../../core/supply/calendar.ts';
import { isOnItsWay, openUnits } from '../../core/supply/purchase-order.ts';
import {
  changePurchaseLines,
  type PurchaseLine,
  quoteDates,
  setPurchaseOrderStage,
} from '../../db/supply/purchase-orders.ts';
import { readLeadDays } from '../../db/supply/suppliers.ts';
import type { App } from '../frame/app.ts';
import type { Answered } from '../frame/once.ts';
import { purchaseOrderLineNotFound, supplierDisabled } from '../frame/refusals.ts';
import { judgeDates } from '../frame/supply/likely-dates.ts';
import { releaseBought } from './bought-items.ts';
import { notADraft } from './draft-purchase-order.ts';
import {
  changePurchaseOrder,
  type PurchaseOrderAtGate,
  type PurchaseOrderCall,
  recordPurchaseOrderEvent,
} from './purchase-order-at-gate.ts';

type Act<Body = undefined> = (
  app: App,
  call: PurchaseOrderCall<Body>,
) => Promise<Answered<PurchaseOrderView>>;

interface Quote {
  readonly line: number;
  readonly expectedOn: LocalDate;
}

function quotesOf(lines: readonly { readonly line: number; readonly expectedOn: string }[]): Quote[] {
  return lines.map(({ line, expectedOn }) => ({ line, expectedOn: localDateFrom(expectedOn) }));
}

export const sendPurchaseOrder: Act = (app, call) =>
  changePurchaseOrder(app, call, async (at) => {
    const { order, supplier, gate } = at;
    if (order.stage !== 'draft') return notADraft(order.number, order.stage);
    if (!supplier.enabled) return supplierDisabled(supplier.code);
    const value = order.lines.reduce((sum, line) => sum + BigInt(line.ordered) * BigInt(line.unitPrice), 0n);
    const minimum = BigInt(supplier.minimumOrder ?? 0);
    if (value < minimum) {
      return refuse(
        'below_minimum',
        `Supplier ${supplier.code} takes orders from ${minimum}; this one is worth ${value} (minor units)`,
        { minimum: `${minimum}`, value: `${value}` },
      );
    }
    await setPurchaseOrderStage(gate.tx, order.id, { stage: 'sent', now: gate.now });
    const leadDays = await readLeadDays(gate.tx, supplier.id);
    const quotes = order.lines.map((line) => ({
      line: line.line,
      expectedOn: firstExpected(at, line, leadDays.get(line.product) ?? supplier.leadDays),
    }));
    await quote(at, quotes, null);
    await recordPurchaseOrderEvent(at, 'sent', { lines: quotes });
    return DONE;
  });

/** The day asked for, else the lead time of the terms from today; a warehouse receives on its open days. */
function firstExpected(
  { gate, supplier }: PurchaseOrderAtGate,
  line: PurchaseLine,
  leadDays: number,
): LocalDate {
  if (line.expectedOn !== null) return line.expectedOn;
  const arrival = afterOpenDays(supplier, localDate(gate.now, supplier.timeZone), leadDays);
  const warehouse = gate.configuration.warehouses.get(line.warehouse);
  return warehouse === undefined ? arrival : openDayFrom(warehouse, arrival);
}

async function quote(
  at: PurchaseOrderAtGate,
  quotes: readonly Quote[],
  reason: string | null,
): Promise<void> {
  const judged = await judgeDates(at, quotes);
  await quoteDates(at.gate.tx, at.order.id, { quotes: judged, reason, now: at.gate.now });
}

export const confirmPurchaseOrder: Act<BodyOf<'confirmPurchaseOrder'>> = (app, { body, ...call }) =>
  changePurchaseOrder(app, call, async (at) => {
    const checked = checkAll([refuseUnlessOnItsWay(at), refuseUnknownLines(at, body.lines ?? [])]);
    if (!checked.ok) return checked;
    const quotes = quotesOf(body.lines ?? []);
    await setPurchaseOrderStage(at.gate.tx, at.order.id, { stage: 'confirmed', now: at.gate.now });
    if (quotes.length > 0) await quote(at, quotes, 'confirmed');
    await recordPurchaseOrderEvent(at, 'confirmed', { lines: quotes });
    return DONE;
  });

export const quoteExpectedDates: Act<BodyOf<'quoteExpectedDates'>> = (app, { body, ...call }) =>
  changePurchaseOrder(app, call, async (at) => {
    const checked = checkAll([refuseUnlessOnItsWay(at), refuseUnknownLines(at, body.lines)]);
    if (!checked.ok) return checked;
    const quotes = quotesOf(body.lines);
    await quote(at, quotes, body.reason);
    const before = quotes.map(
      ({ line }) => at.order.lines.find((each) => each.line === line)?.expectedOn ?? null,
    );
    const moved = quotes.map((each, index) => ({ ...each, before: before[index] ?? null }));
    await recordPurchaseOrderEvent(at, 'expected', { lines: moved, reason: body.reason });
    return DONE;
  });

export const closePurchaseOrder: Act<BodyOf<'closePurchaseOrder'>> = (app, { body, ...call }) =>
  changePurchaseOrder(app, call, async (at) => {
    const checked = checkAll([refuseUnlessOnItsWay(at), refuseUnknownLines(at, body.lines ?? [])]);
    if (!checked.ok) return checked;
    const found = closingUnits(at, body.lines ?? at.order.lines.map(({ line }) => ({ line })));
    if (!found.ok) return found;
    const closing = found.value;
    await changePurchaseLines(
      at.gate.tx,
      at.order.id,
      closing.map(({ line, units }) => ({
        line,
        received: 0,
        closed: units,
        withdrawn: body.by === 'us' ? units : 0,
      })),
    );
    await releaseBought(at);
    await recordPurchaseOrderEvent(at, 'closed', { lines: closing, reason: body.reason, by: body.by });
    return DONE;
  });

interface Closing {
  readonly line: number;
  readonly units: number;
}

/** Units to be closed by line: all that are open where none are said; lines that have none are left out. */
function closingUnits(
  at: PurchaseOrderAtGate,
  lines: readonly { readonly line: number; readonly units?: number | undefined }[],
): Outcome<readonly Closing[]> {
  const closing: Closing[] = [];
  for (const { line, units: asked } of lines) {
    const row = at.order.lines.find((each) => each.line === line);
    const open = openUnits(present(row, 'every line was looked up'));
    const units = asked ?? open;
    if (units > open) return tooMany(at, line, { open, units });
    if (units > 0) closing.push({ line, units });
  }
  return { ok: true, value: closing };
}

function tooMany(
  { order }: PurchaseOrderAtGate,
  line: number,
  { open, units }: { readonly open: number; readonly units: number },
): Refused {
  return refuse('too_many_units', `Line ${line} of ${order.number} has ${open} units open, not ${units}`, {
    purchaseOrder: order.number,
    line,
    open,
    units,
  });
}

export const cancelPurchaseOrder: Act<BodyOf<'cancelPurchaseOrder'>> = (app, { body, ...call }) =>
  changePurchaseOrder(app, call, async (at) => {
    const { order, gate } = at;
    const received = order.lines.reduce((sum, line) => sum + line.received, 0);
    if (received > 0) {
      return refuse(
        'partly_received',
        `${received} units of purchase order ${order.number} have arrived; close what is still open instead`,
        { purchaseOrder: order.number, received },
      );
    }
    if (order.stage === 'cancelled') {
      return refuse('purchase_order_ended', `Purchase order ${order.number} is cancelled already`, {
        purchaseOrder: order.number,
      });
    }
    await setPurchaseOrderStage(gate.tx, order.id, { stage: 'cancelled', now: gate.now });
    await releaseBought(at);
    await recordPurchaseOrderEvent(at, 'cancelled', { reason: body.reason });
    return DONE;
  });

export function refuseUnlessOnItsWay({ order }: PurchaseOrderAtGate): Outcome<undefined> {
  if (isOnItsWay(order.stage)) return DONE;
  const todo = order.stage === 'draft' ? '; send it first' : '';
  return refuse('not_on_its_way', `Purchase order ${order.number} is ${order.stage}${todo}`, {
    purchaseOrder: order.number,
    stage: order.stage,
  });
}

export function refuseUnknownLines(
  { order }: PurchaseOrderAtGate,
  lines: readonly { readonly line: number }[],
): Outcome<undefined> {
  const unknown = lines.find(({ line }) => !order.lines.some((each) => each.line === line));
  return unknown === undefined ? DONE : purchaseOrderLineNotFound(order.number, unknown.line);
}
