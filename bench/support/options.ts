/** The options of a proof's command line: whole numbers with defaults, and switches. Anything else is refused. */
import { parseArgs } from 'node:util';

/** The numbers given as `--name value`, else the defaults; exits with a message when one is no whole number. */
export function numberOptions<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' } as const])),
  });
  const numbers: Record<Name, number> = { ...defaults };
  for (const name of names) {
    const given = values[name];
    if (typeof given !== 'string') continue;
    const value = Number(given);
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`--${name} must be a whole number, not ${given}`);
    numbers[name] = value;
  }
  return numbers;
}

/** A seed for a run that was given none; printed, so that the run can be repeated. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
