/**
 * Values that everybody shares: nobody can change them, not even by mistake. A constant that one decision could write to
 * would carry what it wrote into all later ones, for the life of the process. Sets and maps cannot be frozen, so that a
 * shared one is a function that makes it, or stays in its own file under a type that only reads.
 */

/** The value itself, frozen with all that is in it. Plain data only. */
export function frozen<const Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
