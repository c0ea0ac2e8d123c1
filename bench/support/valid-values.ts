/**
 * Valid requests made from the contract itself: each operation's schemas, as JSON Schema, tell what a value may look
 * like; the names of the fields tell which of the server's own codes to use. What is made is the ground that bad
 * requests are bent from; whether a request is valid is always decided by the schema, not here.
 */
import { z } from 'zod';
import type { Random } from './seeded-random.ts';

/** Values by the name of their field, so that requests meet things that exist. */
export type KnownValues = Readonly<Record<string, readonly (string | number)[]>>;

/** The part of JSON Schema that the contract's schemas come out as. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const shapes = new WeakMap<z.ZodType, Shape>();

function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  shapes.set(schema, shape);
  return shape;
}

/** How often a field that may be absent is there. */
const OPTIONAL_SHARE = 0.6;

interface Maker {
  readonly random: Random;
  readonly known: KnownValues;
}

function makeObject(maker: Maker, { properties = {}, required = [] }: Shape): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(properties)) {
    if (required.includes(name) || maker.random.chance(OPTIONAL_SHARE)) made[name] = make(maker, shape, name);
  }
  return made;
}

function makeNumber({ random }: Maker, { minimum = 0, maximum = 1000 }: Shape): number {
  const low = Math.max(minimum, Math.min(0, maximum));
  return random.between(low, Math.min(maximum, low + 4));
}

const TEXT_BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2031-05-01',
  'date-time': '2026-01-05T10:00:00Z',
};

function make(maker: Maker, shape: Shape, name: string): unknown {
  const { random, known } = maker;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return random.pick(shape.enum);
  const choices = shape.anyOf ?? shape.oneOf ?? shape.allOf;
  if (choices !== undefined) return make(maker, random.pick(choices), name);
  if (shape.type === 'object') return makeObject(maker, shape);
  if (shape.type === 'array') {
    const count = (shape.minItems ?? 0) + (random.chance(0.3) ? 1 : 0);
    return Array.from({ length: count }, () => make(maker, shape.items ?? {}, name.replace(/s$/, '')));
  }
  const values = known[name];
  if (values !== undefined && shape.type !== 'boolean' && shape.type !== 'null') return random.pick(values);
  if (shape.type === 'integer' || shape.type === 'number') return makeNumber(maker, shape);
  if (shape.type === 'boolean') return random.chance(0.5);
  if (shape.type === 'string')
    return TEXT_BY_FORMAT[shape.format ?? ''] ?? `${name}-${random.between(1, 1_000_000)}`;
  return null;
}

/** A value that `schema` should take, unless a rule it has beside its shape says no. */
export function validValue(schema: z.ZodType, random: Random, known: KnownValues): unknown {
  return make({ random, known }, shapeOf(schema), '');
}
