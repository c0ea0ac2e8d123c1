/**
 * Configuration: flags first, then environment variables, then defaults. Every value is checked here, once, and a
 * wrong one is answered with the name of the setting, what it is and what would be accepted.
 *
 * Allot listens on loopback only: there are no users and no passwords yet, so whoever reaches the port may do
 * everything. Any other host is refused until there are.
 */
import { isIPv4 } from 'node:net';
import { z } from 'zod';
import type { MailConfig } from './mail.ts';

/** A setting that cannot be used; its message is for the person who set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface DatabaseConfig {
  readonly dataDir: string;
  /** The user's own PostgreSQL; the embedded one in dataDir when absent. */
  readonly databaseUrl?: string;
}

export interface ListenConfig {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** false: other nodes do the filling. */
  readonly fillWorker: boolean;
  /** Where reports read, such as a replica; the same database when absent. */
  readonly reportsDatabaseUrl?: string;
  /** How reports are mailed; none are when absent. */
  readonly mail?: MailConfig;
  /** Whether a report store is kept beside the database: where there is much, always, or never. */
  readonly reportStore: 'auto' | 'on' | 'off';
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface Setting<T> {
  /** How the message names it when it came as a flag. */
  readonly flag: string;
  readonly variable?: string;
  readonly fallback: T;
  readonly schema: z.ZodType<T, string>;
  readonly accepted: string;
}

const dataDir: Setting<string> = {
  flag: '--data',
  variable: 'ALLOT_DATA_DIR',
  fallback: './data',
  schema: z
    .string()
    .min(1)
    .refine((value) => !value.includes('\0')),
  accepted: 'the path of a folder, such as ./data',
};

const databaseUrl: Setting<string | undefined> = {
  flag: '--database-url',
  variable: 'DATABASE_URL',
  fallback: undefined,
  schema: z.string().refine(isPostgresUrl),
  accepted: 'an address such as postgres://user:password@host:5432/database',
};

const port: Setting<number> = {
  flag: '--port',
  fallback: 4400,
  schema: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((value) => value <= 65_535),
  accepted: 'a whole number from 0 (any free port) to 65535',
};

const host: Setting<string> = {
  flag: '--host',
  fallback: '127.0.0.1',
  schema: z.string().refine(isLoopback),
  accepted:
    'a loopback address (127.0.0.1, ::1, localhost): there are no users yet, so Allot listens on loopback only',
};

/** Tests and operators may leave fills to other nodes. */
const fillWorker: Setting<boolean> = {
  flag: '--fill-worker',
  variable: 'ALLOT_FILL_WORKER',
  fallback: true,
  schema: z.enum(['on', 'off']).transform((value) => value === 'on'),
  accepted: 'on or off (off: this node leaves fills to the other nodes)',
};

const reportsDatabaseUrl: Setting<string | undefined> = {
  ...databaseUrl,
  flag: '--reports-database-url',
  variable: 'REPORTS_DATABASE_URL',
};

const reportStore: Setting<'auto' | 'on' | 'off'> = {
  flag: '--report-store',
  variable: 'ALLOT_REPORT_STORE',
  fallback: 'auto',
  schema: z.enum(['auto', 'on', 'off']),
  accepted: 'auto (from 100,000 order items on), on or off',
};

const smtpUrl: Setting<string | undefined> = {
  flag: '--smtp-url',
  variable: 'SMTP_URL',
  fallback: undefined,
  schema: z
    .string()
    .refine((value) => URL.canParse(value) && ['smtp:', 'smtps:'].includes(new URL(value).protocol)),
  accepted: 'an address such as smtp://user:password@host:587, or smtps://',
};

const mailFrom: Setting<string | undefined> = {
  flag: '--mail-from',
  variable: 'ALLOT_MAIL_FROM',
  fallback: undefined,
  schema: z.email(),
  accepted: 'the address that mail is from, such as allot@example.com',
};

function isPostgresUrl(value: string): boolean {
  return URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol);
}

/** 127.0.0.0/8, ::1 and localhost, whose meaning is fixed by RFC 6761. */
function isLoopback(value: string): boolean {
  if (isIPv4(value)) return value.startsWith('127.');
  return value === '::1' || value.toLowerCase() === 'localhost';
}

export function readDatabaseConfig(
  flags: { readonly data?: string | undefined; readonly databaseUrl?: string | undefined },
  environment: Environment,
): DatabaseConfig {
  const folder = chosen(dataDir, flags.data, environment);
  const url = chosen(databaseUrl, flags.databaseUrl, environment);
  return url === undefined ? { dataDir: folder } : { dataDir: folder, databaseUrl: url };
}

export function readListenConfig(
  flags: { readonly host?: string | undefined; readonly port?: string | undefined },
  environment: Environment,
): ListenConfig {
  const reports = chosen(reportsDatabaseUrl, undefined, environment);
  const mail = readMailConfig(environment);
  return {
    host: chosen(host, flags.host, environment),
    port: chosen(port, flags.port, environment),
    fillWorker: chosen(fillWorker, undefined, environment),
    reportStore: chosen(reportStore, undefined, environment),
    ...(reports !== undefined && { reportsDatabaseUrl: reports }),
    ...(mail !== undefined && { mail }),
  };
}

/** Mail needs both: where it is handed over, and whom it is from. */
function readMailConfig(environment: Environment): MailConfig | undefined {
  const url = chosen(smtpUrl, undefined, environment);
  const from = chosen(mailFrom, undefined, environment);
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined)
    throw new ConfigError(`ALLOT_MAIL_FROM is set, SMTP_URL is not; give ${smtpUrl.accepted}`);
  if (from === undefined)
    throw new ConfigError(`SMTP_URL is set, ALLOT_MAIL_FROM is not; give ${mailFrom.accepted}`);
  return { url, from };
}

/** An empty variable counts as absent, as a shell's `VAR= command` means it. */
function chosen<T>(setting: Setting<T>, flag: string | undefined, environment: Environment): T {
  if (flag !== undefined) return checked(setting, setting.flag, flag);
  const value = setting.variable === undefined ? undefined : environment[setting.variable];
  if (value === undefined || value === '') return setting.fallback;
  return checked(setting, setting.variable ?? setting.flag, value);
}

function checked<T>(setting: Setting<T>, name: string, value: string): T {
  const parsed = setting.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(`${name} is '${withoutPassword(value)}'; accepted: ${setting.accepted}`);
}

/** Messages end up in logs: user and password of an address are not repeated. */
function withoutPassword(value: string): string {
  return value.replace(/\/\/.*@/, '//***@');
}
