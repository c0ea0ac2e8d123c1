/**
 * How work that lasts is shown. On a terminal one line is drawn over again, with a bar; elsewhere (a log, a pipe) a
 * plain line comes every few seconds, so that a log stays readable and nobody thinks it hangs. It goes to standard
 * error: standard output belongs to the result, which machines read.
 */
export interface Progress {
  /** So much more is done. */
  advance(by?: number): void;
  /** What is being done just now; shown after the figures. */
  note(text: string): void;
  /** Leaves the last state standing and ends the line. */
  finish(): void;
}

export interface ProgressOptions {
  readonly label: string;
  /** How much there is to do; 0 when unknown. */
  readonly total: number;
  /** What is counted: 'orders', 'lines'. */
  readonly unit: string;
  /** Nothing is shown. */
  readonly silent?: boolean;
}

/** Often enough to move smoothly, seldom enough to cost nothing. */
const REDRAW_MS = 100;
const PLAIN_LINE_MS = 5_000;
const BAR_WIDTH = 24;
const DEFAULT_COLUMNS = 80;

interface State {
  readonly done: number;
  readonly seconds: number;
  readonly note: string;
}

const grouped = new Intl.NumberFormat('en');

/** '12 s', '3 min 05 s' */
export function shortTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

function barOf(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
}

function figures({ label, total, unit }: ProgressOptions, { done, seconds, note }: State): string {
  const rate = seconds < 1 ? '' : `, ${grouped.format(Math.round(done / seconds))}/s`;
  const of = total === 0 ? '' : ` of ${grouped.format(total)}`;
  const share = total === 0 ? '' : ` ${Math.floor((100 * done) / total)} %`;
  const left = total === 0 || done === 0 || seconds < 2 ? 0 : (seconds * (total - done)) / done;
  const rest = left < 1 ? '' : `, ${shortTime(left)} left`;
  const doing = note === '' ? '' : `, ${note}`;
  return `${label}${share}  ${grouped.format(done)}${of} ${unit}${rate}${rest}${doing}`;
}

function terminalLine(options: ProgressOptions, state: State, columns: number): string {
  const bar = options.total === 0 ? '' : `${barOf(state.done / options.total)} `;
  return `${bar}${figures(options, state)}`.slice(0, Math.max(1, columns - 1));
}

const SILENT: Progress = { advance() {}, note() {}, finish() {} };

/** Starts to show progress; the caller finishes it also when the work fails. */
export function startProgress(options: ProgressOptions): Progress {
  if (options.silent === true) return SILENT;
  const out = process.stderr;
  const interval = out.isTTY ? REDRAW_MS : PLAIN_LINE_MS;
  const started = performance.now();
  let done = 0;
  let doing = '';
  let drawnAt = started;

  function draw(): void {
    const now = performance.now();
    drawnAt = now;
    const state = { done, seconds: (now - started) / 1000, note: doing };
    if (out.isTTY) out.write(`\r\u001b[2K${terminalLine(options, state, out.columns || DEFAULT_COLUMNS)}`);
    else out.write(`${figures(options, state)}\n`);
  }
  function drawWhenDue(): void {
    if (performance.now() - drawnAt >= interval) draw();
  }
  return {
    advance(by = 1) {
      done += by;
      drawWhenDue();
    },
    note(text) {
      doing = text;
      drawWhenDue();
    },
    finish() {
      doing = '';
      draw();
      if (out.isTTY) out.write('\n');
    },
  };
}
