/**
 * An explanation as it is stored: the warehouses it names are rows without member names, since one stands in every event
 * and they were half of what an order writes. Stored before that was so, they have their names; both are read.
 */
import type { AskedWarehouse, Explanation } from '../../core/allocation/explanation.ts';
import type { Limit } from '../../core/kernel/quantity.ts';
import type { Exclusion } from '../../core/sourcing/candidates.ts';

/** Warehouse, had, gave, scores, keeps, room; the last ones only as far as there is something to say. */
type StoredAsked =
  | readonly [string, Limit, number]
  | readonly [string, Limit, number, readonly (number | null)[]]
  | readonly [string, Limit, number, readonly (number | null)[], number, number | null];

type StoredExclusion = readonly [string, Exclusion['by'], string?];

export interface StoredExplanation extends Omit<Explanation, 'asked' | 'excluded'> {
  readonly asked?: readonly (StoredAsked | AskedWarehouse)[];
  readonly excluded?: readonly (StoredExclusion | Exclusion)[];
}

export function storedExplanation(explanation: Explanation): StoredExplanation {
  const { asked, excluded, ...rest } = explanation;
  if (asked === undefined && excluded === undefined) return rest;
  return {
    ...(asked !== undefined && { asked: asked.map(storedAsked) }),
    ...(excluded !== undefined && { excluded: excluded.map(storedExclusion) }),
    ...rest,
  };
}

function storedAsked({ warehouse, had, gave, keeps, room, scores }: AskedWarehouse): StoredAsked {
  if (keeps !== undefined || room !== undefined) {
    return [warehouse, had, gave, scores ?? [], keeps ?? 0, room ?? null];
  }
  return scores === undefined ? [warehouse, had, gave] : [warehouse, had, gave, scores];
}

function storedExclusion({ warehouse, by, rule }: Exclusion): StoredExclusion {
  return rule === undefined ? [warehouse, by] : [warehouse, by, rule];
}

export function explanationFrom({ asked, excluded, ...rest }: StoredExplanation): Explanation {
  return {
    ...(asked !== undefined && { asked: asked.map(askedFrom) }),
    ...(excluded !== undefined && { excluded: excluded.map(exclusionFrom) }),
    ...rest,
  };
}

function askedFrom(stored: StoredAsked | AskedWarehouse): AskedWarehouse {
  if (!isRow(stored)) return stored;
  const [warehouse, had, gave, scores = [], keeps = 0, room = null] = stored;
  return {
    warehouse,
    had,
    gave,
    ...(keeps > 0 && { keeps }),
    ...(room !== null && { room }),
    ...(scores.length > 0 && { scores }),
  };
}

function exclusionFrom(stored: StoredExclusion | Exclusion): Exclusion {
  if (!isRow(stored)) return stored;
  const [warehouse, by, rule] = stored;
  return { warehouse, by, ...(rule !== undefined && { rule }) };
}

function isRow<Row extends readonly unknown[]>(stored: Row | object): stored is Row {
  return Array.isArray(stored);
}
