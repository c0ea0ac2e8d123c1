/** Addresses of a report as a file. */
interface FileOf {
  readonly format: 'csv' | 'xlsx';
  readonly name: string;
}

/** @param report as JSON */
export function fileOfReport(report: string, { format, name }: FileOf): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, ' ')
    .slice(0, 100)
    .trim();
  return `/v1/reports/file?${new URLSearchParams({ report, format, name: plain === '' ? 'report' : plain })}`;
}
