/** Prints what a run of the demo found as tables for people; every figure stands in the result, for machines too. */
import { shortTime } from '../progress.ts';
import { type Cell, type Column, cellText, renderTable } from '../table.ts';
import type { DemoResult, FileFacts } from './result.ts';

const BUCKETS = [
  'shipped',
  'allocated',
  'preordered',
  'backordered',
  'unfillable',
  'pending',
  'cancelled',
] as const;

function right(head: string): Column {
  return { head, align: 'right' };
}

/** '5 days 3 h', '4 h 10 min' */
function longTime(seconds: number | null): string {
  if (seconds === null) return '-';
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function statusTable({ itemsByStatus }: DemoResult): string {
  const columns = [{ head: 'Status' }, right('items'), right('units'), ...BUCKETS.map(right)];
  const rows = itemsByStatus
    .filter(({ items }) => items > 0)
    .map(({ status, items, quantities }) => [
      status.replaceAll('_', ' '),
      items,
      quantities.ordered,
      ...BUCKETS.map((bucket) => quantities[bucket]),
    ]);
  const total = columns.map((_, index): Cell => {
    if (index === 0) return 'all';
    return rows.reduce((sum, row) => sum + Number(row[index] ?? 0), 0);
  });
  return renderTable(columns, [...rows, total]);
}

function ordersTable({ orders }: DemoResult): string {
  const reasons = Object.entries(orders.refusedFor).sort(([, a], [, b]) => b - a);
  return renderTable(
    [{ head: 'Orders' }, right('orders'), right('share')],
    [
      ['sent', orders.sent, share(orders.sent, orders.sent)],
      ['accepted', orders.accepted, share(orders.accepted, orders.sent)],
      ...(orders.repeated > 0 ? [['  of them sent before', orders.repeated, '']] : []),
      ['refused', orders.refused, share(orders.refused, orders.sent)],
      ...reasons.map(([reason, count]) => [`  ${reason.replaceAll('_', ' ')}`, count, '']),
    ],
  );
}

function unitsTable({ units }: DemoResult): string {
  const rows: [string, number][] = [
    ['filled at once', units.atOnce],
    ['filled later', units.later],
    ['still waiting', units.waiting],
    ['unfillable', units.unfillable],
    ['on hold', units.onHold],
    ['cancelled while waiting', units.cancelledUnserved],
    ['all of the accepted orders', units.ordered],
  ];
  return renderTable(
    [{ head: 'Units' }, right('units'), right('share')],
    rows.map(([name, count]) => [name, count, share(count, units.ordered)]),
  );
}

function timeLines({ timeToFill, units }: DemoResult): string {
  const { medianSeconds, p90Seconds, clock, unitsOfUnknownMoment } = timeToFill;
  const unknown =
    unitsOfUnknownMoment === 0 ? '' : ` (${cellText(unitsOfUnknownMoment)} units filled by others)`;
  return [
    `Time to fill   median ${longTime(medianSeconds)}, 9 of 10 within ${longTime(p90Seconds)}${unknown}`,
    `               of the ${cellText(units.later)} units filled later, ${clock}`,
  ].join('\n');
}

function actsLine({ acts }: DemoResult): string {
  const parts = [
    `${cellText(acts.receipts)} receipts of ${cellText(acts.unitsReceived)} units`,
    `${cellText(acts.ordersCancelled)} cancellations of ${cellText(acts.unitsCancelled)} units`,
    `${cellText(acts.shipments)} shipments of ${cellText(acts.unitsShipped)} units`,
    `${cellText(acts.prioritized)} orders moved forward`,
    `${cellText(acts.holdsLifted)} holds lifted`,
  ];
  return `Meanwhile      ${parts.filter((part) => !part.startsWith('0 ')).join(', ')}`;
}

function fileLines(file: FileFacts): string {
  const rows: [string, number][] = [
    ['sales', file.saleRows],
    ['cancellations', file.cancelRows],
    ...Object.entries(file.skipped).map(([kind, count]): [string, number] => [
      `left out: ${kind.replaceAll('_', ' ')}`,
      count,
    ]),
    ['left out: cannot be read', file.badRows],
    ['all', file.rows],
  ];
  const bad = file.badExamples.map(
    ({ line, column, problem }) => `  line ${line}, column ${column}: ${problem}`,
  );
  const more = file.badRows - file.badExamples.length;
  return [
    renderTable([{ head: 'Rows of the file' }, right('rows')], rows),
    ...bad,
    ...(more > 0 ? [`  and ${cellText(more)} more`] : []),
    `Cancellations are matched to sales by ${file.cancelledBy}; ${cellText(file.unmatchedCancelRows)} rows match none.`,
    ...(file.parts > 0
      ? [`${cellText(file.parts)} orders are further parts of invoices of more than 500 lines.`]
      : []),
  ].join('\n');
}

export function describeResult(result: DemoResult): string {
  const earlier =
    result.run === 1
      ? ''
      : ` This is run ${result.run} on this data: its order numbers begin with ${result.prefix}.`;
  const parts = [
    `${cellText(result.orders.sent)} orders for ${cellText(result.products)} products in ${shortTime(result.seconds)}, seed ${result.seed}.${earlier}`,
    ...(result.file === null ? [] : [fileLines(result.file)]),
    `${statusTable(result)}${result.run === 1 ? '' : '\n(all orders of this data, earlier runs included)'}`,
    ordersTable(result),
    unitsTable(result),
    [timeLines(result), actsLine(result)].join('\n'),
  ];
  return parts.join('\n\n');
}
