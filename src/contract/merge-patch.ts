/**
 * Changing part of what is else written whole: JSON merge patch (RFC 7396). A member that is absent stays as it is, one that
 * is null is cleared (it gets its default), any other is replaced; objects are merged member by member, lists are
 * replaced whole. What comes out is checked by the schema of the whole, so a patch can make nothing that PUT could not.
 */
import { z } from 'zod';

/** What of a body may be sent as a patch of it. */
export type PatchOf<Body> = Body extends readonly unknown[]
  ? Body | null
  : Body extends object
    ? { readonly [Member in keyof Body]?: PatchOf<Body[Member]> | null }
    : Body | null;

type Merged = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Merged {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param current of which only the members that `patch` can name are of interest */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(current) ? { ...current } : {};
  for (const [member, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete merged[member];
    else merged[member] = mergePatch(merged[member], value);
  }
  return merged;
}

/** A member without what it is when it is absent. */
function given(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  )
    return given(schema.unwrap());
  return schema;
}

function patchMember(schema: z.core.$ZodType): z.ZodType {
  const inner = given(schema);
  const patch = inner instanceof z.ZodObject ? patchObject(inner) : (inner as z.ZodType);
  return patch.nullable().optional();
}

function patchObject({ shape }: z.ZodObject): z.ZodType {
  return z.strictObject(
    Object.fromEntries(Object.entries(shape).map(([member, schema]) => [member, patchMember(schema)])),
  );
}

/** The schema of patches of what `body` is the schema of; at least one member. */
export function patchSchema<Shape extends z.core.$ZodLooseShape>(
  body: z.ZodObject<Shape, z.core.$strict>,
): z.ZodType<PatchOf<z.input<typeof body>>> {
  return patchObject(body)
    .refine((patch) => Object.keys(patch as object).length > 0, { error: 'at least one member to change' })
    .describe('JSON merge patch: an absent member stays, null clears it') as z.ZodType<
    PatchOf<z.input<typeof body>>
  >;
}
