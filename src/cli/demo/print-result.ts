/** Prints what a run of the demo found as tables for people; every figure stands in the result, for machines too. */
import { shortTime } from '../progress.ts';
import { type Cell, type Column, cellText, renderTable } from '../table.ts';
import type { DemoResult, DemoSupply, FileFacts } from './result.ts';

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

function statusTable({ itemsByStatus, units }: DemoResult): string {
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
  const table = renderTable(columns, [...rows, total]);
  const others = Number(total[2]) - units.ordered;
  return others > 0
    ? `${table}\n(${cellText(others)} units of them are of other orders on this data)`
    : table;
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

function timeLine({ timeToFill, units }: DemoResult): string {
  const { medianSeconds, p90Seconds, clock, unitsOfUnknownMoment } = timeToFill;
  if (units.later === 0) return 'Time to fill: nothing was filled later.';
  const unknown =
    unitsOfUnknownMoment === 0
      ? ''
      : ` ${cellText(unitsOfUnknownMoment)} of them were filled by acts of others and are not counted.`;
  return [
    `Time to fill: median ${longTime(medianSeconds)}, nine of ten within ${longTime(p90Seconds)}, ${clock},`,
    `from placing to the act that freed the stock, over the ${cellText(units.later)} units filled later.${unknown}`,
  ].join('\n');
}

function actsTable({ acts }: DemoResult): string {
  const rows: [string, number, number | null][] = [
    ['receipts', acts.receipts, acts.unitsReceived],
    ['cancellations', acts.ordersCancelled, acts.unitsCancelled],
    ['shipments', acts.shipments, acts.unitsShipped],
    ['orders moved forward', acts.prioritized, null],
    ['holds lifted', acts.holdsLifted, null],
  ];
  const done = rows.filter(([, count]) => count > 0);
  return renderTable([{ head: 'Meanwhile' }, right('acts'), right('units')], done);
}

function supplyLines(supply: DemoSupply): string {
  const orders = Object.entries(supply.purchaseOrders).map(([status, count]): [string, number] => [
    status.replaceAll('_', ' '),
    count,
  ]);
  const { launch } = supply;
  const most = launch?.high === null ? 'nobody knows how many' : cellText(launch?.high ?? 0);
  return [
    renderTable([{ head: 'Purchase orders' }, right('orders')], [...orders, ['late', supply.late]]),
    `${supply.lateOrder} is late: ${cellText(supply.affectedItems)} waiting items were promised from it.`,
    `${cellText(supply.suggestions)} products wait that nobody has bought.`,
    ...(launch === null
      ? []
      : [
          `${launch.sku}: ${cellText(launch.preordered)} pre-ordered ${launch.daysLeft} days before release; ` +
            `${cellText(launch.total)} expected then (${cellText(launch.low)} to ${most}).`,
        ]),
  ].join('\n');
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
    statusTable(result),
    ordersTable(result),
    unitsTable(result),
    timeLine(result),
    actsTable(result),
    ...(result.supply === null ? [] : [supplyLines(result.supply)]),
  ];
  return parts.join('\n\n');
}
