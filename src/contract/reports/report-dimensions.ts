/**
 * Dimensions of custom reports: what figures can be grouped and filtered by, and of which subjects. A measure can only be
 * seen by a dimension of its own subject; anything else is refused, since the figure would mean nothing.
 */
import { MEASURES, type MeasureId, type Subject } from './report-measures.ts';

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** How a report can be shown. */
export const CHARTS = ['table', 'bar', 'stacked_bar', 'line', 'heat_map', 'figure'] as const;
export type Chart = (typeof CHARTS)[number];

/** Buckets of the days that an item has waited, each with the days below which it is; the last one has no end. */
export const AGES = [
  { name: '0–3', below: 4 },
  { name: '4–7', below: 8 },
  { name: '8–14', below: 15 },
  { name: '15–21', below: 22 },
  { name: '22–30', below: 31 },
  { name: '31–45', below: 46 },
  { name: '46+', below: Number.POSITIVE_INFINITY },
] as const;
export const AGE_NAMES: readonly string[] = AGES.map(({ name }) => name);

/** `date` dimensions are days in UTC and are grouped by day, week (from Monday), month, quarter or year. */
export type DimensionKind = 'text' | 'number' | 'date';

export interface Dimension {
  readonly subjects: readonly Subject[];
  readonly kind: DimensionKind;
  readonly definition: string;
}

const EVERYWHERE = ['items', 'changes', 'allocations', 'promise_changes', 'refusals'] as const;

export const DIMENSIONS = {
  status: { subjects: ['items'], kind: 'text', definition: 'Status of the item.' },
  kind: {
    subjects: ['items', 'changes', 'allocations', 'promise_changes'],
    kind: 'text',
    definition: 'Whether the item waits, or would wait, as a backorder or as a pre-order.',
  },
  channel: { subjects: EVERYWHERE, kind: 'text', definition: 'Code of the sales channel.' },
  warehouse: {
    subjects: ['allocations', 'purchases'],
    kind: 'text',
    definition: 'Code of the warehouse: where stock is held, or is to arrive.',
  },
  product: { subjects: [...EVERYWHERE, 'purchases'], kind: 'text', definition: 'SKU of the product.' },
  supplier: {
    subjects: [...EVERYWHERE, 'purchases'],
    kind: 'text',
    definition: 'Code of the supplier that is asked first for the product, or that was asked.',
  },
  customer_group: { subjects: ['items', 'allocations'], kind: 'text', definition: 'Group of the customer.' },
  country: {
    subjects: ['items', 'allocations'],
    kind: 'text',
    definition: 'Country the order ships to.',
  },
  priority: { subjects: ['items', 'allocations'], kind: 'number', definition: 'Priority of the item.' },
  currency: { subjects: EVERYWHERE, kind: 'text', definition: 'Currency of the sales channel.' },
  age: {
    subjects: ['items'],
    kind: 'text',
    definition: 'Days a waiting item has waited: 0–3, 4–7, 8–14, 15–21, 22–30, 31–45, 46 and more.',
  },
  cause: {
    subjects: ['changes', 'promise_changes'],
    kind: 'text',
    definition: 'What caused the change.',
  },
  document: {
    subjects: ['changes'],
    kind: 'text',
    definition: 'The document or act behind the change, such as a receipt.',
  },
  rule: { subjects: ['changes'], kind: 'text', definition: 'Sourcing rules that applied to the change.' },
  refusal_code: { subjects: ['refusals'], kind: 'text', definition: 'Why it was refused.' },
  placed: {
    subjects: ['items', 'allocations', 'refusals'],
    kind: 'date',
    definition: 'Day on which the order was placed, or tried.',
  },
  filled: { subjects: ['items'], kind: 'date', definition: 'Day on which a waiting item got its last unit.' },
  changed: {
    subjects: ['changes', 'promise_changes', 'refusals'],
    kind: 'date',
    definition: 'Day on which it happened.',
  },
  sent: { subjects: ['purchases'], kind: 'date', definition: 'Day on which the purchase order was sent.' },
  expected: {
    subjects: ['purchases'],
    kind: 'date',
    definition: 'Day on which the purchase order line was expected at first.',
  },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionId = keyof typeof DIMENSIONS;
export const DIMENSION_IDS = Object.keys(DIMENSIONS) as [DimensionId, ...DimensionId[]];

export function isOf(dimension: DimensionId, subject: Subject): boolean {
  const { subjects }: Dimension = DIMENSIONS[dimension];
  return subjects.includes(subject);
}

export function kindOf(dimension: DimensionId): DimensionKind {
  return DIMENSIONS[dimension].kind;
}

/** Subjects whose facts these measures need, each once. */
export function subjectsOf(measures: readonly MeasureId[]): readonly Subject[] {
  return [...new Set(measures.map((id) => MEASURES[id].subject))];
}

/** Dimensions by which all of these measures can be seen. */
export function dimensionsFor(measures: readonly MeasureId[]): readonly DimensionId[] {
  const subjects = subjectsOf(measures);
  return DIMENSION_IDS.filter((each) => subjects.every((subject) => isOf(each, subject)));
}

/** The periods of a group of days: months unless chosen; undefined when it is not of days. */
export function everyOf(group: {
  readonly dimension: DimensionId;
  readonly every?: Period | undefined;
}): Period | undefined {
  return kindOf(group.dimension) === 'date' ? (group.every ?? 'month') : undefined;
}
