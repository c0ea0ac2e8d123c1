/** `allot verify`: every law a snapshot can show, one line each; exit code 1 when one is broken. */
import { type VerifyReport, verify } from '../app/verify/verify.ts';
import { isoInstant } from '../core/kernel/time.ts';
import type { CheckResult } from '../laws/check.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, grouped, say, sayJson } from './command.ts';
import { withDatabase } from './connection.ts';
import { startProgress } from './progress.ts';

export interface VerifyFlags extends GlobalFlags {
  readonly json?: boolean;
}

export async function runVerify(flags: VerifyFlags): Promise<ExitCode> {
  const started = performance.now();
  const report = await withDatabase(databaseConfigOf(flags), async (db) => {
    const progress = startProgress({
      label: 'verify',
      total: 0,
      unit: 'checks',
      silent: flags.json === true,
    });
    try {
      return await verify(db, { onCheck: () => progress.advance() });
    } finally {
      progress.finish();
    }
  });
  if (flags.json === true) sayJson({ ...report, checkedAt: isoInstant(report.checkedAt) });
  else sayReport(report, (performance.now() - started) / 1000);
  return report.ok ? 0 : 1;
}

function sayReport(report: VerifyReport, seconds: number): void {
  for (const check of report.checks) {
    say(lineOf(check));
    for (const example of check.examples) say(`              ${example}`);
  }
  if (report.fillsDue > 0)
    say(`L11 leaves out ${grouped(report.fillsDue)} products to which a fill is still owed`);
  const broken = report.checks.filter((check) => check.violations > 0);
  const result = broken.length === 0 ? 'no violation' : `BROKEN: ${lawsOf(broken)}`;
  const took = `${seconds.toFixed(1)} s`;
  say(`verify: ${report.checks.length} checks, ${grouped(report.items)} order items, ${took}: ${result}`);
}

function lineOf({ law, what, checked, violations }: CheckResult): string {
  const result = violations === 0 ? 'ok    ' : 'BROKEN';
  const count = violations === 0 ? grouped(checked) : `${grouped(violations)} of ${grouped(checked)}`;
  return `${law.padEnd(10)} ${result} ${what} (${count})`;
}

function lawsOf(checks: readonly CheckResult[]): string {
  return [...new Set(checks.map((check) => check.law))].join(', ');
}
