/** Custom reports as tests ask for them. */
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import type { Shop } from './shop.ts';

/** Only what is on the channel of a shop. */
export function within(shop: Shop, report: ReportInput): ReportInput {
  const filters = [...(report.filters ?? []), [{ dimension: 'channel' as const, is: [shop.name('G')] }]];
  return { ...report, filters };
}
