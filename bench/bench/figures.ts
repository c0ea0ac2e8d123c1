/** A figure of the benchmark with its target, and the table of them. Nothing is asserted: machines differ. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'orders/s' | 'items/s' | 'quotes/s' | 'ms' | 's' | 'MB';
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** The value as a share of another figure of the same run, such as the ceiling. */
  readonly ratio?: { readonly of: string; readonly value: number };
  readonly note?: string;
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function amount(value: number, unit: string): string {
  return `${value < 100 ? fine.format(value) : grouped.format(value)} ${unit}`;
}

function targetOf({ target, unit }: Figure): string {
  if (target === undefined) return '';
  return 'atMost' in target ? `<= ${amount(target.atMost, unit)}` : `>= ${amount(target.atLeast, unit)}`;
}

function met({ target, value }: Figure): string {
  if (target === undefined) return '';
  return ('atMost' in target ? value <= target.atMost : value >= target.atLeast) ? 'yes' : 'no';
}

function cells(figure: Figure): string[] {
  const { name, value, unit, ratio, note } = figure;
  const share = ratio === undefined ? '' : `${Math.round(ratio.value * 100)} % of ${ratio.of}`;
  return [name, amount(value, unit), targetOf(figure), met(figure), share, note ?? ''];
}

const HEAD = ['figure', 'measured', 'target', 'met', 'ratio', 'beside it'];

export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}
