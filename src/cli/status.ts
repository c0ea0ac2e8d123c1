/** `allot status`: versions, items by status, and the fills that are owed: what to look at first when in doubt. */
import { type Instant, isoInstant } from '../core/kernel/time.ts';
import { readStatus, type Status } from '../reads/status.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, grouped, say, sayJson } from './command.ts';
import { withDatabase } from './connection.ts';
import { renderTable } from './table.ts';
import { programVersion } from './version.ts';

export interface StatusFlags extends GlobalFlags {
  readonly json?: boolean;
}

export async function runStatus(flags: StatusFlags): Promise<ExitCode> {
  const status = await withDatabase(databaseConfigOf(flags), readStatus);
  const version = await programVersion();
  if (flags.json === true) sayJson({ version, ...status, oldestFillDue: isoOrNull(status.oldestFillDue) });
  else sayStatus(version, status);
  return 0;
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : isoInstant(instant);
}

function sayStatus(version: string, status: Status): void {
  say(`allot ${version}, PostgreSQL ${status.server}, schema ${status.migrations.at(-1) ?? '(none)'}`);
  say(`${grouped(status.products)} products, ${grouped(status.orders)} orders`);
  if (status.itemsByStatus.length > 0) {
    const columns = [
      { head: 'status' },
      { head: 'items', align: 'right' },
      { head: 'units', align: 'right' },
    ] as const;
    say('');
    say(
      renderTable(
        columns,
        status.itemsByStatus.map(({ status: name, items, units }) => [name, items, units]),
      ),
    );
    say('');
  }
  const { backordered, preordered, unfillable } = status;
  say(
    `units that wait: ${grouped(backordered)} backordered, ${grouped(preordered)} preordered, ${grouped(unfillable)} unfillable`,
  );
  const since = status.oldestFillDue === null ? '' : `, the oldest since ${isoInstant(status.oldestFillDue)}`;
  say(`fills outstanding: ${grouped(status.fillsOutstanding)}${since}`);
}
