/**
 * How the embedded PostgreSQL is set: durable first, then fit for a small machine (two cores).
 *
 * Decision: the whole postgresql.conf is ours and is written anew at every start, so that an upgrade of Allot
 * brings its settings along. Whoever wants another value uses ALTER SYSTEM, which PostgreSQL keeps in
 * postgresql.auto.conf and which wins. It listens on a private socket only, never on a port.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SETTINGS: Readonly<Record<string, string>> = {
  // An acknowledged order survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  // Memory and write-ahead log: few, spread-out checkpoints instead of a stall every minute.
  shared_buffers: '256MB',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  wal_compression: 'on', // pglz: the packaged build has no lz4

  // Short statements on solid-state disks; compiling them costs more than it saves.
  jit: 'off',
  random_page_cost: '1.1',

  // Limits.
  max_connections: '100',
  idle_in_transaction_session_timeout: '60s',

  // The same on every machine.
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',

  // The log names what happened, never the statement: its values may be personal data.
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  logging_collector: 'off',
};

/** Where it listens. These belong to one start and cannot be overridden. */
export function listenArguments(socketFolder: string): string[] {
  const place = {
    listen_addresses: '',
    unix_socket_directories: quoteListItem(socketFolder),
    unix_socket_permissions: '0700',
    port: String(SOCKET_PORT),
  };
  return Object.entries(place).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Only part of the socket's file name; nothing listens on this port. */
export const SOCKET_PORT = 5432;

/** Writes postgresql.conf; `overrides` win over our values. */
export async function writeSettings(
  cluster: string,
  overrides: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries({ ...SETTINGS, ...overrides }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`,
  );
  const head =
    '# Written by Allot at every start. To change a value use ALTER SYSTEM SET, which is kept and wins.';
  await writeFile(join(cluster, 'postgresql.conf'), `${[head, ...lines].join('\n')}\n`, { mode: 0o600 });
}

/** The setting is a comma-separated list: a path with a comma or a space stays one item inside quotes. */
function quoteListItem(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
