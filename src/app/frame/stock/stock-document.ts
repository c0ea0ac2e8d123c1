/**
 * What a stock document does, all its lines or none, in one transaction: the ledger, the levels, allocations that go back to
 * the queue when less is left than is promised, and the fill that new stock owes to those who wait. A receipt on a purchase
 * order is one like any other.
 */
import type { StockDocument } from '../../../contract/inventory.ts';
import { available, type InventoryLevel } from '../../../core/inventory/level.ts';
import { type MovementKind, mayMove } from '../../../core/inventory/movement.ts';
import type { Warehouse } from '../../../core/inventory/warehouse.ts';
import { invariant, present } from '../../../core/kernel/assert.ts';
import type { ProductId } from '../../../core/kernel/ids.ts';
import { MAX_QUANTITY } from '../../../core/kernel/quantity.ts';
import { checkAll, DONE, type Outcome, refuse } from '../../../core/kernel/refusal.ts';
import { isoInstant } from '../../../core/kernel/time.ts';
import { takeBack } from '../../../core/orders/order-item.ts';
import { changePositions } from '../../../db/gate/product-positions.ts';
import { insertStockDocument, keepDocumentAnswer } from '../../../db/idempotency.ts';
import { moveStock, readLevels } from '../../../db/inventory.ts';
import { readLastHolders, readPicked } from '../../../db/orders/allocations.ts';
import { warehouseByCode } from '../by-code.ts';
import type { Gate } from '../gate.ts';
import { type ItemChange, recordChanges } from '../record-changes.ts';
import { noStockKept, refuseUnknownSkus } from '../refusals.ts';

/** One line of a document: a signed difference, or what was counted. */
export interface StockLine {
  readonly sku: string;
  readonly warehouse: string;
  readonly kind: MovementKind;
  readonly units: number | { readonly counted: number };
}

export interface StockChange {
  /** Names the document together with its reference: receive, count, transfer … */
  readonly kind: string;
  readonly reference: string;
  readonly reason: string | null;
  readonly lines: readonly StockLine[];
  /** Only units that nobody holds may leave; otherwise allocations beyond what is left go back to the queue. */
  readonly availableOnly: boolean;
}

type TakenBack = StockDocument['lines'][number]['takenBack'];

/** A line with the level it starts from. */
export interface Move {
  readonly sku: string;
  readonly warehouse: Warehouse;
  readonly product: ProductId;
  readonly kind: MovementKind;
  readonly level: Pick<InventoryLevel, 'onHand' | 'allocated'>;
  readonly units: number;
}

/** The moves with the levels they start from, or the first refusal in the documented order, over all lines. */
export async function movesOf(
  gate: Gate,
  change: StockChange,
  ids: ReadonlyMap<string, ProductId>,
): Promise<Outcome<readonly Move[]>> {
  const warehouses = new Map<string, Warehouse>();
  for (const line of change.lines) {
    const warehouse = warehouseByCode(gate, line.warehouse);
    if (!warehouse.ok) return warehouse;
    warehouses.set(line.warehouse, warehouse.value);
  }
  const unmanaged = [...warehouses.values()].find((each) => each.stock === 'unmanaged');
  if (unmanaged !== undefined) return noStockKept(unmanaged.code);
  const known = refuseUnknownSkus(
    change.lines.map(({ sku }) => sku),
    ids,
  );
  if (!known.ok) return known;
  const levels = await readLevels(gate.tx, [...new Set(ids.values())]);
  const moves = change.lines.map((line): Move => {
    const warehouse = present(warehouses.get(line.warehouse), 'every warehouse was looked up');
    const product = present(ids.get(line.sku), 'every SKU was looked up');
    const level = levels.find((each) => each.product === product && each.warehouse === warehouse.id) ?? {
      onHand: 0,
      allocated: 0,
    };
    const units = typeof line.units === 'number' ? line.units : line.units.counted - level.onHand;
    return { sku: line.sku, warehouse, product, kind: line.kind, level, units };
  });
  const checked = await checkMoves(gate, change, moves);
  return checked.ok ? { ok: true, value: moves } : checked;
}

async function checkMoves(
  gate: Gate,
  { availableOnly }: StockChange,
  moves: readonly Move[],
): Promise<Outcome<undefined>> {
  for (const move of moves) {
    invariant(mayMove(move.kind, move.units), `a movement ${move.kind} of ${move.units}`);
    const checked = checkAll([checkBounds(move), availableOnly ? checkAvailable(move) : DONE]);
    if (!checked.ok) return checked;
  }
  for (const move of moves) {
    const checked = await checkPicked(gate, move);
    if (!checked.ok) return checked;
  }
  return DONE;
}

function factsOf({ sku, warehouse, level }: Move) {
  return { sku, warehouse: warehouse.code, onHand: level.onHand, allocated: level.allocated };
}

/** What is left on hand must be a quantity. A transfer that asks too much is told what is available instead. */
function checkBounds(move: Move): Outcome<undefined> {
  const { sku, warehouse, level, units, kind } = move;
  const after = level.onHand + units;
  const facts = factsOf(move);
  if (after > MAX_QUANTITY) {
    return refuse(
      'too_many_units',
      `${warehouse.code} cannot hold more than ${MAX_QUANTITY} of ${sku}`,
      facts,
    );
  }
  if (after >= 0 || kind === 'transfer_out') return DONE;
  return refuse(
    'too_many_units',
    `${warehouse.code} has ${level.onHand} of ${sku} on hand, not ${-units}`,
    facts,
  );
}

function checkAvailable(move: Move): Outcome<undefined> {
  const { sku, warehouse, level, units } = move;
  if (units > 0 || available(level) + units >= 0) return DONE;
  return refuse(
    'insufficient_available',
    `${warehouse.code} has ${available(level)} of ${sku} available, not ${-units}`,
    { ...factsOf(move), available: available(level) },
  );
}

/** Picked units are never taken back. */
async function checkPicked(gate: Gate, move: Move): Promise<Outcome<undefined>> {
  const { sku, warehouse, level, units, product } = move;
  const after = level.onHand + units;
  if (after >= level.allocated) return DONE;
  const picked = await readPicked(gate.tx, product, warehouse.id);
  if (after >= picked) return DONE;
  return refuse(
    'below_picked',
    `${picked} units of ${sku} are picked in ${warehouse.code}; ${after} is less`,
    {
      ...factsOf(move),
      picked,
    },
  );
}

/** Records levels, ledger, what is taken back and what is due; the answer is kept under the reference. */
export async function recordDocument(
  gate: Gate,
  { change, hash }: { readonly change: StockChange; readonly hash: string },
  moves: readonly Move[],
): Promise<StockDocument> {
  const cause = `${change.kind}/${change.reference}`;
  const takenBack: TakenBack[] = [];
  for (const move of moves) takenBack.push(await takeBackBeyond(gate, move, cause));
  await moveStock(
    gate.tx,
    moves.map(({ product, warehouse, kind, units }) => ({ product, warehouse: warehouse.id, kind, units })),
    { reason: change.reason, cause, now: gate.now },
  );
  await changePositions(
    gate.tx,
    [...new Set(moves.map((move) => move.product))].map((product) => ({
      product,
      backordered: 0,
      preordered: 0,
      unfillable: 0,
      fillCause: moves.some((move) => move.product === product && move.units > 0) ? cause : null,
    })),
  );
  const { kind, reference } = change;
  const id = await insertStockDocument(gate.tx, { kind, reference, contentsHash: hash, now: gate.now });
  const answer: StockDocument = {
    id,
    kind,
    reference,
    recordedAt: isoInstant(gate.now),
    lines: moves.map((move, index) => lineOf(move, takenBack[index] ?? [])),
  };
  await keepDocumentAnswer(gate.tx, id, answer);
  return answer;
}

function lineOf(move: Move, takenBack: TakenBack): StockDocument['lines'][number] {
  const onHand = move.level.onHand + move.units;
  const allocated = move.level.allocated - takenBack.reduce((sum, each) => sum + each.units, 0);
  return {
    sku: move.sku,
    warehouse: move.warehouse.code,
    change: move.units,
    onHand,
    allocated,
    available: onHand - allocated,
    takenBack,
  };
}

/** Takes allocations that the new level cannot hold back to the queue, the worst rank first, unpicked units only. */
async function takeBackBeyond(gate: Gate, move: Move, cause: string): Promise<TakenBack> {
  let beyond = move.level.allocated - (move.level.onHand + move.units);
  if (beyond <= 0) return [];
  const holders = await readLastHolders(gate.tx, {
    product: move.product,
    warehouse: move.warehouse.id,
    units: beyond,
  });
  const changes: ItemChange[] = [];
  const takenBack: TakenBack = [];
  for (const { item, unpicked, onHold } of holders) {
    const units = Math.min(beyond, unpicked);
    beyond -= units;
    takenBack.push({ orderId: item.order, line: item.line, units });
    changes.push({
      item,
      change: takeBack(item, units, onHold),
      held: [{ warehouse: move.warehouse.id, open: -units }],
      cause: 'taken_back',
      reference: cause,
      explanation: { warehouse: move.warehouse.code },
    });
  }
  await recordChanges(gate, changes, cause);
  return takenBack;
}
