/**
 * What measures and dimensions mean and how they are worked out, in English: as the registries of the
 * contract say it.
 */
import {
  DIMENSION_IDS,
  DIMENSIONS as DIMENSION_REGISTRY,
  type DimensionId,
} from '../../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '../../../src/contract/reports/report-measures.ts';

function ofEach<Id extends string>(ids: readonly Id[], said: (id: Id) => string): Record<Id, string> {
  return Object.fromEntries(ids.map((id) => [id, said(id)])) as Record<Id, string>;
}

export const DEFINITIONS: Record<MeasureId, string> = ofEach(MEASURE_IDS, (id) => MEASURES[id].definition);
export const FORMULAS: Record<MeasureId, string> = ofEach(MEASURE_IDS, (id) => MEASURES[id].formula);
export const DIMENSIONS: Record<DimensionId, string> = ofEach(
  DIMENSION_IDS,
  (id) => DIMENSION_REGISTRY[id].definition,
);
