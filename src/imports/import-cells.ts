/**
 * From cells to a request, and from a refused request back to the cell. Each column says where its value goes in the
 * body and how its text is read; the body is then checked by the contract's own schema, so a file can say nothing
 * that the API would not accept, and the path of a complaint leads back to a column.
 */
import type { z } from 'zod';
import { localDate } from '../contract/values.ts';
import type { Row } from './import-file.ts';

export interface CellProblem {
  /** '' when no single column is at fault. */
  readonly column: string;
  readonly problem: string;
}

/** What a text stands for, or what would be accepted in its place. */
export type Read = (text: string) => { readonly value: unknown } | { readonly accepted: string };

export interface ColumnRule {
  readonly name: string;
  /** Members of the body from the outside in. */
  readonly path: readonly (string | number)[];
  readonly read: Read;
  /** What a blank cell stands for, where that is not the schema's own default. */
  readonly blank?: unknown;
  /** What a blank cell clears, where that is more than its own member. */
  readonly clears?: readonly (string | number)[];
}

export const asText: Read = (text) => ({ value: text });

/** The words of a list of choices are written in small letters. */
export const asWord: Read = (text) => ({ value: text.toLowerCase() });

export const asDay: Read = (text) =>
  localDate.safeParse(text).success ? { value: text } : { accepted: 'a day such as 2026-03-31' };

function partsOf(text: string): string[] {
  return text.split(/[\s;,]+/).filter((part) => part !== '');
}

export const asWeekdays: Read = (text) =>
  partsOf(text).every((part) => /^[1-7]$/.test(part))
    ? { value: partsOf(text).map(Number) }
    : { accepted: 'a list of weekdays such as 6 7 (1 is Monday)' };

export const asDays: Read = (text) =>
  partsOf(text).every((part) => localDate.safeParse(part).success)
    ? { value: partsOf(text) }
    : { accepted: 'a list of days such as 2026-12-25 2026-12-26' };

export const asWhole: Read = (text) =>
  /^-?\d{1,16}$/.test(text) ? { value: Number(text) } : { accepted: 'a whole number' };

export const asNumber: Read = (text) =>
  /^-?\d{1,9}(\.\d{1,12})?$/.test(text) ? { value: Number(text) } : { accepted: 'a number such as 52.37' };

/** Words parted by spaces, commas or semicolons. */
export const asWords: Read = (text) => ({ value: partsOf(text) });

const YES = new Set(['true', 'yes', '1']);
const NO = new Set(['false', 'no', '0']);

export const asYesOrNo: Read = (text) => {
  const word = text.toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : { accepted: 'true or false' };
};

export type Built<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: CellProblem };

/** The body that a row stands for. Blank cells are left out: the schema knows the defaults. */
export function buildBody<Schema extends z.ZodType>(
  row: Row,
  rules: readonly ColumnRule[],
  schema: Schema,
): Built<z.output<Schema>> {
  const body: Record<string, unknown> = {};
  for (const { name, path, read, blank } of rules) {
    const text = row.cell(name);
    if (text === '') {
      if (blank !== undefined) place(body, path, blank);
      continue;
    }
    const found = read(text);
    if ('accepted' in found) {
      return { ok: false, problem: { column: name, problem: `'${text}' is not ${found.accepted}` } };
    }
    place(body, path, found.value);
  }
  const checked = schema.safeParse(body);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, problem: problemOf(row, rules, checked.error.issues[0]) };
}

/**
 * What a row changes of what stands: members for which the file has no column are left out, a blank cell clears its
 * member (null), as a JSON merge patch does.
 */
export function buildPatch<Schema extends z.ZodType>(
  row: Row,
  rules: readonly ColumnRule[],
  schema: Schema,
): Built<z.output<Schema>> {
  const patch: Record<string, unknown> = {};
  for (const { name, path, read, blank = null, clears = path } of rules) {
    if (!row.has(name) || isCleared(patch, path)) continue;
    const text = row.cell(name);
    if (text === '') {
      place(patch, clears, blank);
      continue;
    }
    const found = read(text);
    if ('accepted' in found) {
      return { ok: false, problem: { column: name, problem: `'${text}' is not ${found.accepted}` } };
    }
    place(patch, path, found.value);
  }
  const checked = schema.safeParse(patch);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, problem: problemOf(row, rules, checked.error.issues[0]) };
}

/** Whether an earlier column has cleared what this member is part of. */
function isCleared(patch: Nested, path: readonly (string | number)[]): boolean {
  let inner: unknown = patch;
  for (const step of path.slice(0, -1)) {
    inner = isNested(inner) ? inner[step] : undefined;
    if (inner === null) return true;
  }
  return false;
}

type Nested = Record<string | number, unknown>;

function place(body: Nested, path: readonly (string | number)[], value: unknown): void {
  let inner: Nested = body;
  for (const [index, step] of path.entries()) {
    if (index === path.length - 1) {
      inner[step] = value;
      return;
    }
    const existing = inner[step];
    const next = isNested(existing) ? existing : typeof path[index + 1] === 'number' ? [] : {};
    inner[step] = next;
    inner = next as Nested;
  }
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A complaint, at the column whose path is nearest to it. */
export function problemOf(row: Row, rules: readonly ColumnRule[], issue: Complaint | undefined): CellProblem {
  if (issue === undefined) return { column: '', problem: 'not accepted' };
  const at = issue.path.map(String);
  const rule =
    rules.find(
      ({ path }) => at.length === path.length && path.every((step, index) => String(step) === at[index]),
    ) ??
    rules.find(({ path }) => at.length > 0 && at.every((step, index) => step === String(path[index]))) ??
    rules.find(({ path }) => path.every((step, index) => String(step) === at[index]));
  if (rule === undefined) return { column: at.join('.'), problem: issue.message };
  const text = row.cell(rule.name);
  return {
    column: rule.name,
    problem: text === '' ? `missing: ${issue.message}` : `'${text}': ${issue.message}`,
  };
}
