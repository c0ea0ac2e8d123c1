/** Several classes of modules on one element; those that do not hold just now are left out. */
export function classes(...all: readonly (string | undefined | false)[]): string {
  return all.filter((each) => typeof each === 'string').join(' ');
}
