/** Sends a file to be imported and follows it line by line. */
import type { Problem } from '../../src/contract/call.ts';
import type { ImportKind, ImportLine } from '../../src/contract/imports.ts';
import { escapeFormula } from '../../src/contract/reports/formula-cells.ts';

type LineOf<Kind extends ImportLine['kind']> = Extract<ImportLine, { readonly kind: Kind }>;

export interface Importing {
  readonly isRunning: boolean;
  /** Of the file that was read, from 0 to 1. */
  readonly share: number;
  readonly columns: readonly string[];
  readonly rejected: readonly LineOf<'rejected'>[];
  readonly done: LineOf<'done'> | undefined;
  /** Why nothing was imported, or no more. */
  readonly failed: string | undefined;
}

export const NOT_BEGUN: Importing = {
  isRunning: false,
  share: 0,
  columns: [],
  rejected: [],
  done: undefined,
  failed: undefined,
};

interface Sent {
  readonly kind: ImportKind;
  readonly file: File;
  readonly channel: string | undefined;
  /** What a person reads of a refusal. */
  readonly word: (problem: Problem) => string;
  /** The same for the same file sent again after an interruption: what was counted then is not counted twice. */
  readonly run: string;
}

/**
 * @param show called with each new state
 * @returns whether the file was read to its end
 */
export async function importFile(
  { kind, file, channel, run, word }: Sent,
  show: (state: Importing) => void,
): Promise<boolean> {
  show({ ...NOT_BEGUN, isRunning: true });
  const query = channel === undefined ? '' : `?channel=${encodeURIComponent(channel)}`;
  const response = await fetch(`/v1/imports/${kind}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'idempotency-key': run },
    body: file,
  });
  if (!response.ok || response.body === null) {
    const problem = (await response.json()) as Problem;
    show({ ...NOT_BEGUN, failed: word(problem) });
    return false;
  }
  // there may be many bad rows: they are gathered in one list, and shown now and then
  const rejected: LineOf<'rejected'>[] = [];
  let state: Importing = { ...NOT_BEGUN, isRunning: true, rejected };
  let shownAt = Number.NEGATIVE_INFINITY;
  for await (const line of linesOf(response.body)) {
    if (line.kind === 'rejected') rejected.push(line);
    else state = after(state, line);
    if (performance.now() - shownAt < SHOW_EVERY_MS) continue;
    shownAt = performance.now();
    show({ ...state });
  }
  show({ ...state, isRunning: false });
  return state.done !== undefined;
}

const SHOW_EVERY_MS = 100;

function after(state: Importing, line: Exclude<ImportLine, LineOf<'rejected'>>): Importing {
  switch (line.kind) {
    case 'columns':
      return { ...state, columns: line.columns };
    case 'progress':
      return { ...state, share: line.total === 0 ? 1 : line.read / line.total };
    case 'done':
      return { ...state, share: 1, done: line };
    case 'failed':
      return { ...state, failed: line.problem };
  }
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ImportLine> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (text + value).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as ImportLine;
  }
}

/** Columns that say what is bad about a row; an import reads over them. */
const OWN = ['line', 'column', 'problem'] as const;

/** The bad rows as they stood, with line, column and problem: corrected, it can be imported as it is. */
export function rejectedFile({ columns, rejected }: Importing): Blob {
  const kept = [...columns.entries()].filter(([, name]) => !OWN.some((own) => own === name));
  const rows = [
    [...kept.map(([, name]) => name), ...OWN],
    ...rejected.map(({ cells, line, column, problem }) => [
      ...kept.map(([index]) => cells[index] ?? ''),
      String(line),
      column,
      problem,
    ]),
  ];
  return new Blob([rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')], { type: 'text/csv' });
}

/** What a spreadsheet would run as a formula is marked; an import takes the mark away again. */
function cellOf(text: string): string {
  const marked = escapeFormula(text);
  return /[",\r\n]/.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
}
