/** `allot quote` and `allot atp`: what an order would get and when, and what can still be promised day by day. */
import type { AnswerOf } from '../../contract/operations.ts';
import { type ExitCode, type GlobalFlags, say, sayJson } from '../command.ts';
import { CommandError } from '../failure.ts';
import { ask, withOwnNode } from '../own-node.ts';
import { type Cell, renderTable } from '../table.ts';
import { words } from './show-purchase-orders.ts';

export interface QuoteFlags extends GlobalFlags {
  readonly json?: boolean;
}

export interface AtpFlags extends GlobalFlags {
  readonly days?: string;
  readonly json?: boolean;
}

export async function runQuote(
  channel: string,
  wanted: readonly string[],
  flags: QuoteFlags,
): Promise<ExitCode> {
  const lines = wanted.map(wantedLine);
  const quote = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'quote', { body: { channel, lines } }),
  );
  if (flags.json === true) sayJson(quote);
  else sayQuote(quote);
  return 0;
}

/** CUP=12; the last = parts them, since a SKU may have one. */
function wantedLine(text: string): { sku: string; quantity: number } {
  const [, sku, units] = /^(.+)=(\d{1,10})$/s.exec(text) ?? [];
  if (sku === undefined || units === undefined) {
    throw new CommandError(`'${text}' is not SKU=UNITS; accepted: such as CUP=12`);
  }
  return { sku, quantity: Number(units) };
}

const QUOTE_COLUMNS = [
  { head: 'SKU' },
  { head: 'units', align: 'right' },
  { head: 'answer' },
  { head: 'ships on' },
  { head: 'from' },
  { head: 'kept', align: 'right' },
] as const;

type QuotedLine = AnswerOf<'quote'>['lines'][number];
type Slice = QuotedLine['later'][number];

function sayQuote({ channel, lines }: AnswerOf<'quote'>): void {
  say(renderTable(QUOTE_COLUMNS, lines.flatMap(quoteCells)));
  for (const { sku, accepted, bar } of lines) {
    if (!accepted) say(`${channel} would not take an order for so many of ${sku}${whyNot(bar)}`);
  }
}

function quoteCells({ sku, now, later, refused, bar }: QuotedLine): Cell[][] {
  const cells: Cell[][] = [];
  if (now > 0) cells.push([sku, now, 'now', '', 'stock', '']);
  for (const slice of later) {
    const kept = slice.confidence === null ? '' : `${slice.confidence} %`;
    cells.push([sku, slice.units, 'later', slice.on ?? 'not known', sourceOf(slice), kept]);
  }
  if (refused > 0) cells.push([sku, refused, 'refused', '', bar === null ? '' : words(bar), '']);
  return cells;
}

function sourceOf({ source, purchaseOrder, line }: Slice): string {
  if (source === 'unknown') return '';
  return purchaseOrder === null ? words(source) : `${words(source)} ${purchaseOrder}/${line}`;
}

function whyNot(bar: string | null): string {
  return bar === null ? '' : `: ${words(bar)}`;
}

const ATP_COLUMNS = [
  { head: 'day' },
  { head: 'supply', align: 'right' },
  { head: 'promised', align: 'right' },
  { head: 'left', align: 'right' },
  { head: 'available', align: 'right' },
] as const;

export async function runAtp(sku: string, channel: string, flags: AtpFlags): Promise<ExitCode> {
  if (flags.days !== undefined && !/^\d{1,4}$/.test(flags.days)) {
    throw new CommandError(`--days is '${flags.days}'; accepted: a whole number from 1 to 366`);
  }
  const query = { sku, channel, ...(flags.days !== undefined && { days: flags.days }) };
  const answer = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'availableToPromise', { query }),
  );
  if (flags.json === true) {
    sayJson(answer);
    return 0;
  }
  const cells = answer.periods.map(({ on, supply, promised, left, available }) => [
    on,
    supply,
    promised,
    left,
    available,
  ]);
  say(renderTable(ATP_COLUMNS, cells));
  return 0;
}
